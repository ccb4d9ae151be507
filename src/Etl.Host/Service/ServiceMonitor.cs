using PaletteEtl.Pipeline;

namespace Etl.Host.Service;

/// <summary>The state and the totals of the service. The service writes them; other threads may read them at any time.</summary>
internal sealed class ServiceMonitor(TimeProvider clock)
{
    private readonly Lock _gate = new();
    private ServiceState _state;
    private string? _problem;
    private DateTimeOffset? _nextRetry;
    private EtlRun? _run;
    private DateTimeOffset _runStarted;
    private RunReport? _ended;
    private int _runs;
    private ServiceTotals _totals;
    private RefreshProgress? _refresh;

    /// <summary>When the service started.</summary>
    public DateTimeOffset Started { get; } = clock.GetUtcNow();

    public ServiceSnapshot Snapshot()
    {
        lock (_gate)
        {
            RunReport? report = _ended ?? _run?.Report();
            ServiceTotals totals = _ended is null && report is not null ? _totals.With(report) : _totals;
            return new ServiceSnapshot(
                _state, _problem, _nextRetry, _runs, totals, report, _runStarted, _run?.Total, _run?.Pending, _ended is null ? _run?.Left : null, _refresh);
        }
    }

    /// <summary>A run begins.</summary>
    public void RunStarted(EtlRun run)
    {
        lock (_gate)
        {
            (_state, _problem, _nextRetry) = (ServiceState.Running, null, null);
            (_run, _ended, _runStarted) = (run, null, clock.GetUtcNow());
            _runs++;
        }
    }

    /// <summary>The run is over, well or not.</summary>
    public void RunEnded()
    {
        lock (_gate)
        {
            _ended = _run!.Report();
            _totals = _totals.With(_ended);
            _state = _state == ServiceState.Running ? ServiceState.Idle : _state;
        }
    }

    /// <summary>There is nothing to do until a time, if one is given, or until the catalogue changes.</summary>
    public void Idle(DateTimeOffset? nextRetry)
    {
        lock (_gate)
        {
            (_state, _problem, _nextRetry) = (ServiceState.Idle, null, nextRetry);
        }
    }

    /// <summary>The catalogue cannot be used.</summary>
    public void Waiting(string problem)
    {
        lock (_gate)
        {
            (_state, _problem) = (ServiceState.Waiting, problem);
        }
    }

    /// <summary>A pass over stale palettes has progressed; null when there are none any more.</summary>
    public void Refreshed(RefreshProgress? refresh)
    {
        lock (_gate)
        {
            _refresh = refresh;
        }
    }

    /// <summary>The service stops.</summary>
    public void Draining()
    {
        lock (_gate)
        {
            _state = ServiceState.Draining;
        }
    }
}
