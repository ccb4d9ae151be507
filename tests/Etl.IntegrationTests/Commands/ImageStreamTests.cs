using System.Runtime.CompilerServices;
using Etl.Host.Commands;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PaletteEtl.Covers.Http;
using PaletteEtl.Hosting;
using PaletteEtl.Model;

namespace Etl.IntegrationTests.Commands;

public sealed class ImageStreamTests : IDisposable
{
    private readonly EtlOptions _options = new() { Decode = { DegreeOfParallelism = 3, BoundedCapacity = 5 } };
    private readonly GatedInput _input = new(Posters.Png());
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<ImageResult> _results = [];
    private ServiceProvider? _services;
    private int _named;

    public void Dispose()
    {
        _services?.Dispose();
        _stopping.Dispose();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    public async Task ReadAsync_MoreImagesThanParallelism_ReadsAsManyAtOnceAsTheOptionsSay(int parallelism)
    {
        _options.Decode.DegreeOfParallelism = parallelism;

        Task reading = ReadAsync(Inputs(7));
        await Eventually.StaysAt(parallelism, () => _input.Asked);
        await LetAllAsync(7);
        await reading.WaitAsync(TestTimeout, TestContext.Current.CancellationToken);

        Assert.Equal(7, _results.Count);
        Assert.All(_results, static image => Assert.Null(image.Failure));
    }

    [Fact]
    public async Task ReadAsync_LaterImagesAreDoneFirst_GivesThemInTheOrderOfTheirSources()
    {
        Task reading = ReadAsync(OneAfterTheOther("", "none.png", "", "other.png"));
        await Eventually.Holds(() => _input.Asked == 2);
        _input.Let(1);
        await Eventually.StaysAt(0, () => _results.Count);
        _input.Let(0);
        await reading.WaitAsync(TestTimeout, TestContext.Current.CancellationToken);

        Assert.Equal(["-", "none.png", "-", "other.png"], _results.Select(static image => image.Source));
        Assert.Equal(
            [null, FailureReason.NotFound, null, FailureReason.NotFound], _results.Select(static image => image.Failure?.Reason));
    }

    [Fact]
    public async Task ReadAsync_FirstImageTakesLong_TakesNoMoreNamesThanTheCapacityAndTheOneAtTheDoor()
    {
        Task reading = ReadAsync(Sources(["", .. Enumerable.Repeat("none.png", 1_000)]));
        await Eventually.StaysAt(5 + 1, () => Volatile.Read(ref _named));
        _input.Let(0);
        await reading.WaitAsync(TestTimeout, TestContext.Current.CancellationToken);

        Assert.Equal(1_001, _results.Count);
    }

    [Fact]
    public async Task ReadAsync_BudgetOfOnePicture_ReadsTheNextWhenItIsDone()
    {
        _options.Fetch.MemoryBudgetBytes = _options.Fetch.MaxCoverBytes = 10_000;

        Task reading = ReadAsync(Inputs(3));
        await Eventually.Holds(() => _input.Count == 3);
        await Eventually.StaysAt(1, () => _input.Asked);
        await LetAllAsync(3);
        await reading.WaitAsync(TestTimeout, TestContext.Current.CancellationToken);

        Assert.All(_results, static image => Assert.Null(image.Failure));
    }

    [Fact]
    public async Task ReadAsync_StopsWhileAnImageNeverComes_EndsAtOnceWithThoseBefore()
    {
        Task reading = ReadAsync(Sources("none.png", "", "none.png"));
        await Eventually.Holds(() => _input.Asked == 1 && _results.Count == 1);

        await _stopping.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => reading.WaitAsync(TestTimeout, TestContext.Current.CancellationToken));
        Assert.Equal("none.png", Assert.Single(_results).Source);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(20)]
    public async Task ReadAsync_NamesFailInTheMiddle_GivesTheImagesBeforeAndThrows(int before)
    {
        Task reading = ReadAsync(Failing(before));

        await Assert.ThrowsAsync<IOException>(() => reading.WaitAsync(TestTimeout, TestContext.Current.CancellationToken));
        Assert.Equal(before, _results.Count);
    }

    private static async IAsyncEnumerable<ImageSource> Failing(int before)
    {
        for (int i = 0; i < before; i++)
        {
            yield return new ImageSource("none.png");
        }

        await Task.Yield();
        throw new IOException("The list is gone.");
    }

    private IAsyncEnumerable<ImageSource> Inputs(int count) => Sources([.. Enumerable.Repeat("", count)]);

    /// <summary>Files by their names, standard input by none.</summary>
    private async IAsyncEnumerable<ImageSource> Sources(params IEnumerable<string> names)
    {
        foreach (string name in names)
        {
            Interlocked.Increment(ref _named);
            yield return name.Length > 0 ? new ImageSource(name) : ImageSource.OfArgument(ImageSource.StandardInput);
            await Task.CompletedTask;
        }
    }

    /// <summary>The same, one after the other: the next follows once standard input was asked for the one before.</summary>
    private async IAsyncEnumerable<ImageSource> OneAfterTheOther(params string[] names)
    {
        int asked = 0;
        await foreach (ImageSource source in Sources(names))
        {
            yield return source;
            asked += names[_named - 1].Length == 0 ? 1 : 0;
            await Eventually.Holds(() => _input.Asked >= asked);
        }
    }

    private async Task LetAllAsync(int count)
    {
        for (int i = 0; i < count; i++)
        {
            await Eventually.Holds(() => _input.Count > i);
            _input.Let(i);
        }
    }

    private async Task ReadAsync(IAsyncEnumerable<ImageSource> sources)
    {
        _services = new ServiceCollection().AddSingleton(Options.Create(_options)).AddCoverClient().BuildServiceProvider();
        var reader = new ImageReader(
            new PaletteExtractor(_options), _services.GetRequiredService<CoverClient>(), _input.Open, TimeProvider.System);
        ConfiguredCancelableAsyncEnumerable<ImageResult> images =
            new ImageStream(reader, _options.Decode).ReadAsync(sources, _stopping.Token).ConfigureAwait(false);
        await foreach (ImageResult image in images)
        {
            _results.Add(image);
        }
    }
}
