using Etl.Cluster;
using Etl.Cluster.Workers;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using PaletteEtl.Hosting;
using PaletteEtl.Pipeline;
using PaletteEtl.Telemetry;

namespace Etl.Tests.Cluster;

public sealed class WorkerHealthTests : IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly FakeTimeProvider _clock = new();
    private readonly EtlOptions _options = new();
    private readonly ClusterState _state = new();
    private readonly RunAbort _abort = new(CancellationToken.None);
    private readonly WorkerMonitor _monitor;
    private readonly WorkExtractor _extractor;
    private readonly WorkerHealth _health;

    public WorkerHealthTests()
    {
        _monitor = new WorkerMonitor("me", "1.2.3", _clock);
        _extractor = new WorkExtractor(
            static (_, _) => throw new InvalidOperationException(),
            Options.Create(_options),
            maxMessages: 1,
            _monitor,
            new EtlMetrics(new TestMeterFactory()),
            _clock,
            _abort,
            NullLogger.Instance);
        _health = new WorkerHealth(_options, _monitor, _extractor, _state);
    }

    public void Dispose()
    {
        _extractor.Dispose();
        _abort.Dispose();
    }

    [Fact]
    public void Stall_NoMovieIsExtractedInTheTimeOfADecoderAndMore_IsOne()
    {
        _monitor.MessageStarted();
        _clock.Advance(_options.Decode.Timeout + (15 * Second));
        string? within = _health.Stall();
        _clock.Advance(Second);

        Assert.Null(within);
        Assert.Equal("The messages in hand have made no progress for 46 s.", _health.Stall());
        Assert.Equal([_health.Stall()], _health.Problems());
    }

    [Fact]
    public void Stall_NothingIsInHand_IsNone()
    {
        _clock.Advance(TimeSpan.FromDays(1));

        Assert.Null(_health.Stall());
        Assert.Empty(_health.Problems());
    }

    [Fact]
    public void Stall_BrokerCannotBeUsed_IsNoneUntilItCanBe()
    {
        _monitor.MessageStarted();
        _state.Lost("The broker is gone.");
        _clock.Advance(TimeSpan.FromHours(1));
        string? lost = _health.Stall();
        string[] problems = _health.Problems();
        _state.Found();
        _clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Null(lost);
        Assert.Equal(["The broker is gone."], problems);
        Assert.NotNull(_health.Stall());
    }

    [Fact]
    public void Problems_WorkerPauses_SaysWhy()
    {
        _monitor.Paused = "No location of covers is available.";

        Assert.Equal(["No location of covers is available."], _health.Problems());
    }
}
