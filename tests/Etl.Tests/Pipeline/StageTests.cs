using Microsoft.Extensions.Time.Testing;
using PaletteEtl.Model;
using PaletteEtl.Pipeline;
using PaletteEtl.Telemetry;

namespace Etl.Tests.Pipeline;

public sealed class StageTests : IDisposable
{
    private static readonly Item<string> Given = new(Movies.At(1), "1");

    private readonly RunAbort _abort = new(CancellationToken.None);
    private readonly MemoryBudget _budget = new(100);
    private readonly StageMonitor _monitor = new(
        "decode", parallelism: 1, capacity: 4, new EtlMetrics(new TestMeterFactory()), new FakeTimeProvider());

    public void Dispose() => _abort.Dispose();

    [Fact]
    public async Task RunAsync_FunctionReturns_CarriesTheMovieOn()
    {
        Item<int> item = await StageOf((text, _, _) => new(text.Length)).RunAsync(Given);

        Assert.Equal((Given.Movie, 1, null), (item.Movie, item.Value, item.Failure));
        Assert.Equal((1, 0), (_monitor.Report().Items, _monitor.Report().Failures));
    }

    [Fact]
    public async Task RunAsync_ItemHasFailed_IsCarriedOnUntouched()
    {
        var failure = new Failure("fetch", FailureReason.NotFound, "There is none.", Version: null);

        Item<int> item = await StageOf((_, _, _) => throw new InvalidOperationException()).RunAsync(Given.Failed<string>(failure));

        Assert.Same(failure, item.Failure);
        Assert.Equal(0, _monitor.Report().Items);
    }

    [Fact]
    public async Task RunAsync_ItemIsSkipped_IsCarriedOnUntouched()
    {
        var version = new CoverVersion(Size: 3, Modified: null, ETag: null);

        Item<int> item = await StageOf((_, _, _) => throw new InvalidOperationException()).RunAsync(Given.Skipped<string>(version));

        Assert.Equal((true, false, null, version), (item.IsSkipped, item.HasValue, item.Failure, item.Version));
        Assert.Equal(0, _monitor.Report().Items);
    }

    [Theory]
    [InlineData(typeof(OperationCanceledException), FailureReason.Timeout)]
    [InlineData(typeof(TaskCanceledException), FailureReason.Timeout)]
    [InlineData(typeof(TimeoutException), FailureReason.Timeout)]
    [InlineData(typeof(InvalidDataException), FailureReason.Internal)]
    [InlineData(typeof(DivideByZeroException), FailureReason.Internal)]
    public async Task RunAsync_FunctionThrows_TheItemFailsAndItsMemoryIsGivenBack(Type error, FailureReason reason)
    {
        Item<int> item = await StageOf(async (_, reservation, _) =>
        {
            await reservation.TakeAsync(100, default);
            throw (Exception)Activator.CreateInstance(error)!;
        }).RunAsync(Given);

        Assert.Equal(("decode", reason), (item.Failure?.Stage, item.Failure?.Reason));
        Assert.Equal(0, _budget.Taken);
        Assert.Equal(1, _monitor.Report().Failures);
    }

    [Fact]
    public async Task RunAsync_CoverException_KeepsItsReasonMessageAndTheCoversVersion()
    {
        var version = new CoverVersion(Size: 3, Modified: null, ETag: null);

        Item<int> item = await StageOf((_, _, _) => throw new CoverException(FailureReason.Corrupt, "It is damaged."))
            .RunAsync(Given with { Version = version });

        Assert.Equal(new Failure("decode", FailureReason.Corrupt, "It is damaged.", version), item.Failure);
    }

    [Fact]
    public async Task RunAsync_CoverExceptionWithAVersion_KeepsThatOne()
    {
        var known = new CoverVersion(Size: 3, Modified: null, ETag: null);
        var found = new CoverVersion(Size: 4, Modified: null, ETag: null);

        Item<int> item = await StageOf((_, _, _) => throw new CoverException(FailureReason.Corrupt, "It is damaged.") { Version = found })
            .RunAsync(Given with { Version = known });

        Assert.Equal((found, found), (item.Failure?.Version, item.Version));
    }

    [Theory]
    [InlineData(typeof(TimeoutException), "It went wrong.")]
    [InlineData(typeof(InvalidDataException), "InvalidDataException: It went wrong.")]
    public async Task RunAsync_OtherException_KeepsItsMessageAndTheCoversVersion(Type error, string message)
    {
        var version = new CoverVersion(Size: 3, Modified: null, ETag: null);

        Item<int> item = await StageOf((_, _, _) => throw (Exception)Activator.CreateInstance(error, "It went wrong.")!)
            .RunAsync(Given with { Version = version });

        Assert.Equal((message, version), (item.Failure?.Message, item.Failure?.Version));
    }

    [Fact]
    public async Task RunAsync_OutOfMemory_EndsTheRunNotTheItem()
    {
        var error = new InsufficientMemoryException();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => StageOf((_, _, _) => throw error).RunAsync(Given));

        Assert.True(_abort.Token.IsCancellationRequested);
        Assert.Same(error, Record.Exception(_abort.ThrowIfFaulted));
    }

    [Fact]
    public async Task RunAsync_RunIsAborted_TheItemIsDropped()
    {
        _abort.Fault(new IOException());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => StageOf((_, _, _) => new(1)).RunAsync(Given));

        Assert.Equal(0, _monitor.Report().Items);
    }

    [Fact]
    public async Task RunAsync_FunctionThrowsWhileAborting_TheItemIsDroppedAndItsMemoryIsGivenBack()
    {
        Stage<string, int> stage = StageOf(async (_, reservation, _) =>
        {
            await reservation.TakeAsync(100, default);
            _abort.Fault(new IOException());
            throw new CoverException(FailureReason.Corrupt, "It is damaged.");
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stage.RunAsync(Given));

        Assert.Equal(0, _budget.Taken);
        Assert.Equal(0, _monitor.Report().Failures);
    }

    private Stage<string, int> StageOf(Func<string, Reservation, CancellationToken, ValueTask<int>> transform) => new(
        async (item, memory, aborting) => item.With(await transform(item.Value!, memory, aborting)), _budget, _monitor, _abort);
}
