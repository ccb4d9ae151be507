using Etl.Host.Run;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using PaletteEtl.Hosting;
using PaletteEtl.Pipeline;
using PaletteEtl.Telemetry;

namespace Etl.IntegrationTests.Run;

public sealed class ProgressLogTests : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly FakeTimeProvider _clock = new();
    private readonly FakeLogger _log = new();
    private readonly TaskCompletionSource _running = new();
    private readonly TestMeterFactory _meters = new();
    private readonly EtlRun _run;

    public ProgressLogTests() => _run = new EtlRun(new EtlOptions().Run, new EtlMetrics(_meters), _clock, NullLogger.Instance);

    public void Dispose() => _meters.Dispose();

    [Fact]
    public async Task ShowAsync_RunGoesOn_LogsALineAtEachInterval()
    {
        Task showing = ProgressLog.ShowAsync(_run, _log, _running.Task, _clock, Interval);

        await TickAsync(showing);

        Assert.Equal("0 movies, 0 per second.", Assert.Single(_log.Collector.GetSnapshot()).Message);
    }

    [Theory]
    [InlineData(RunEnding.Completed)]
    [InlineData(RunEnding.Aborted)]
    [InlineData(RunEnding.Faulted)]
    public async Task ShowAsync_RunHasEndedButItsTaskHasNot_LogsNothing(RunEnding ending)
    {
        Task showing = ProgressLog.ShowAsync(_run, _log, _running.Task, _clock, Interval);
        _run.Ended(ending);

        await TickAsync(showing);

        Assert.Empty(_log.Collector.GetSnapshot());
    }

    private Task TickAsync(Task showing)
    {
        _clock.Advance(Interval);
        _running.SetResult();
        return showing.WaitAsync(TestTimeout);
    }
}
