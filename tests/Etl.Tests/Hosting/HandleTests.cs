using Microsoft.Extensions.DependencyInjection;
using PaletteEtl.Hosting;
using PaletteEtl.Palettes;

namespace Etl.Tests.Hosting;

/// <summary>Calls that return a handle at once and decode on the thread pool.</summary>
public sealed class HandleTests : IDisposable
{
    private readonly GatedQuantizer _quantizer = new();

    public void Dispose() => _quantizer.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task ExtractAsync_EightHandlesOnMemory_ReturnAtOnceAndOverlapUpToTheParallelism(int parallelism)
    {
        await using ServiceProvider services = Services(parallelism);
        PaletteExtractor extractor = services.GetRequiredService<PaletteExtractor>();
        byte[] picture = Pictures.Stripes();

        Task<Palette>[] handles = [.. Enumerable.Range(0, 8).Select(_ => extractor.ExtractAsync(new MemoryStream(picture)))];
        await Eventually.StaysAt((parallelism, 0), () => (_quantizer.Inside, handles.Count(handle => handle.IsCompleted)));
        _quantizer.Open();
        Palette[] palettes = await Task.WhenAll(handles).WaitAsync(TestTimeout);

        Assert.Equal(parallelism, _quantizer.Most);
        Assert.Single(palettes.Distinct());
    }

    [Fact]
    public async Task ExtractAsync_CancelledWhileOthersDecode_EndsAndGivesItsTurnBack()
    {
        await using ServiceProvider services = Services(parallelism: 1);
        PaletteExtractor extractor = services.GetRequiredService<PaletteExtractor>();
        byte[] picture = Pictures.Stripes();
        using var cancel = new CancellationTokenSource();

        Task<Palette> first = extractor.ExtractAsync(new MemoryStream(picture));
        await Eventually.Holds(() => _quantizer.Inside == 1);
        Task<Palette> waiting = extractor.ExtractAsync(new MemoryStream(picture), cancel.Token);
        Task<Palette> last = extractor.ExtractAsync(new MemoryStream(picture));
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(TestTimeout));
        _quantizer.Open();

        Assert.Equal(await first.WaitAsync(TestTimeout), await last.WaitAsync(TestTimeout));
    }

    private ServiceProvider Services(int parallelism) => new ServiceCollection()
        .AddEtl(etl => etl.Decode.DegreeOfParallelism = parallelism, etl => etl.Quantizer.Use(_ => _quantizer))
        .BuildServiceProvider();
}
