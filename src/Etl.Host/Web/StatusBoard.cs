using Etl.Cluster;
using Etl.Host.Json;
using Etl.Host.Service;
using Microsoft.Extensions.Hosting;
using PaletteEtl.Catalogue;
using PaletteEtl.Service;

namespace Etl.Host.Web;

/// <summary>Samples the service every second, keeps the latest status for the page, and sends it to the listeners.</summary>
internal sealed class StatusBoard : BackgroundService
{
    /// <summary>Few, because pages request a picture for each.</summary>
    private const int PalettesPerEvent = 6;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly ServiceMonitor _monitor;
    private readonly PaletteFeed _feed;
    private readonly EventStream _events;
    private readonly ClusterState _cluster;
    private readonly CatalogueCounter _counter;
    private readonly Readiness _readiness;
    private readonly TimeProvider _clock;
    private readonly QueryOptions _query;
    private readonly bool _retryNeedsKey;
    private readonly ServiceRates _rates;
    private readonly LockWatch _locks;
    private readonly ServiceSeconds _seconds;
    private long _lastPalette;
    private volatile ServiceJson _latest;

    public StatusBoard(
        ConfigurationInForce configuration,
        ServiceMonitor monitor,
        CatalogueCounter counter,
        Readiness readiness,
        PaletteFeed feed,
        EventStream events,
        ClusterState cluster,
        TimeProvider clock)
    {
        (_monitor, _counter, _readiness, _feed, _events, _cluster, _clock) = (monitor, counter, readiness, feed, events, cluster, clock);
        _query = configuration.Current.Options.Query;
        _retryNeedsKey = configuration.Current.Service.ApiKey is not null;
        _rates = new ServiceRates(clock);
        _locks = new LockWatch(clock);
        _seconds = new ServiceSeconds(configuration);
        History = new SettledHistory(clock);
        Timeline = new Timeline(clock);
        _latest = Look();
    }

    /// <summary>The service as it was at the last second.</summary>
    public ServiceJson Latest => _latest;

    public SettledHistory History { get; }

    public Timeline Timeline { get; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, _clock);
        using CancellationTokenRegistration ending = stoppingToken.Register(timer.Dispose);
        while (await timer.WaitForNextTickAsync(CancellationToken.None).ConfigureAwait(false))
        {
            Tick();
        }
    }

    private void Tick()
    {
        _latest = Look();
        History.Add(_latest.Second);
        Timeline.Add(_latest.Second);
        if (!_events.HasListeners)
        {
            _lastPalette = _feed.Last;
            return;
        }

        _events.Send("status", _latest, EtlJson.Web.ServiceJson);
        FreshPalette[] fresh = _feed.After(_lastPalette, PalettesPerEvent);
        if (fresh.Length > 0)
        {
            _lastPalette = fresh[^1].Sequence;
            _events.Send("palettes", PalettesJson.Of(fresh, _lastPalette), EtlJson.Web.PalettesJson);
        }
    }

    private ServiceJson Look()
    {
        ServiceSnapshot now = _monitor.Snapshot();
        CatalogueSnapshot? catalogue = _counter.Snapshot(now);
        ServiceSpeed speed = _rates.Add(now, catalogue?.Pending);
        string[] problems = [.. ProblemsOf(now)];
        TimeSpan? locked = _locks.Add(now);
        SecondJson second = _seconds.Next(now, locked is not null, speed.Stalled is not null, isReady: problems.Length == 0);
        return new ServiceJson(now, _clock.GetUtcNow(), _query, speed, second)
        {
            Catalogue = catalogue is null ? null : new ServiceCatalogueJson(catalogue),
            Problems = problems,
            LockedSeconds = locked?.TotalSeconds,
            StartedAt = _monitor.Started,
            RetryNeedsKey = _retryNeedsKey,
            Workers = [.. _cluster.Workers.Select(static worker => new WorkerJson(worker))],
        };
    }

    /// <summary>The checks of readiness that fail. An outage has its own place in the status.</summary>
    private IEnumerable<string> ProblemsOf(ServiceSnapshot service) => _readiness.Latest
        .Where(check => service.Outage is null || check.Name != ReadinessCheck.Covers)
        .Select(static check => check.Problem)
        .OfType<string>();
}
