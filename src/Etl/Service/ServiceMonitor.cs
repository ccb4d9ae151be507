using PaletteEtl.Pipeline;

namespace PaletteEtl.Service;

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
    private ServiceTotals _totals, _filled;
    private Dictionary<string, StageAccount> _stages = [];
    private bool _isRefresh;
    private DateTimeOffset? _caughtUpAt;
    private RefreshProgress? _refresh;
    private DateTimeOffset? _pausedAt;
    private bool _isLocked;
    private bool _isDraining;

    /// <summary>When the service started.</summary>
    public DateTimeOffset Started { get; } = clock.GetUtcNow();

    public ServiceSnapshot Snapshot()
    {
        lock (_gate)
        {
            RunReport? report = _ended ?? _run?.Report();
            RunReport? running = _ended is null ? report : null;
            return new ServiceSnapshot(
                _isDraining ? ServiceState.Draining
                    : _pausedAt is not null && _state is ServiceState.Idle or ServiceState.Running or ServiceState.Standby ? ServiceState.Paused
                    : _state == ServiceState.Running && _run?.Outage.State is not null ? ServiceState.Outage
                    : _state,
                _problem,
                _nextRetry,
                _runs,
                running is null ? _totals : _totals.With(running),
                running is null || _isRefresh ? _filled : _filled.With(running),
                running is null ? _stages : With(running),
                report,
                _runStarted,
                _caughtUpAt,
                _run?.Total,
                _run?.Pending,
                _refresh,
                _run?.Outage.State,
                _pausedAt,
                _state == ServiceState.Waiting && _isLocked);
        }
    }

    /// <summary>A run begins.</summary>
    /// <param name="run">The run.</param>
    /// <param name="isRefresh">Whether it is over palettes that may be stale.</param>
    public void RunStarted(EtlRun run, bool isRefresh = false)
    {
        lock (_gate)
        {
            (_state, _problem, _nextRetry) = (ServiceState.Running, null, null);
            (_run, _ended, _runStarted, _isRefresh) = (run, null, clock.GetUtcNow(), isRefresh);
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
            _filled = _isRefresh ? _filled : _filled.With(_ended);
            _stages = With(_ended);
            _caughtUpAt = !_isRefresh && _ended.Ending == RunEnding.Completed ? _runStarted : _caughtUpAt;
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
    /// <param name="problem">The reason.</param>
    /// <param name="isLocked">Whether another program holds a lock.</param>
    public void Waiting(string problem, bool isLocked)
    {
        lock (_gate)
        {
            (_state, _problem, _isLocked) = (ServiceState.Waiting, problem, isLocked);
        }
    }

    /// <summary>Another service leads the catalogue. Returns whether that is new.</summary>
    public bool StandingBy(string problem)
    {
        lock (_gate)
        {
            bool isNew = _state != ServiceState.Standby;
            (_state, _problem) = (ServiceState.Standby, problem);
            return isNew;
        }
    }

    /// <summary>The service was paused, or resumed.</summary>
    public void Paused(bool isPaused)
    {
        lock (_gate)
        {
            _pausedAt = isPaused ? clock.GetUtcNow() : null;
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

    /// <summary>The account of each stage, including another run. The dictionary before stays as it is, because others read it.</summary>
    private Dictionary<string, StageAccount> With(RunReport run)
    {
        var sums = new Dictionary<string, StageAccount>(_stages);
        foreach (StageReport stage in run.Stages)
        {
            sums[stage.Name] = sums.GetValueOrDefault(stage.Name) + StageAccount.Of(stage);
        }

        return sums;
    }

    /// <summary>The service stops. Nothing that its last run still reports changes that.</summary>
    public void Draining()
    {
        lock (_gate)
        {
            _isDraining = true;
        }
    }
}
