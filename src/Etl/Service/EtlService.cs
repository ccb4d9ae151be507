using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PaletteEtl.Catalogue;
using PaletteEtl.Pipeline;

namespace PaletteEtl.Service;

/// <summary>Keeps a catalogue complete: waits until palettes are missing, and runs the pipeline. When the host stops, it drains.</summary>
/// <remarks>A fault ends the host, with exit code 4 after <see cref="DeadLetterLimitException"/> and otherwise 1.</remarks>
public sealed class EtlService : BackgroundService
{
    /// <summary>Runs with fewer movies are logged at Debug: in a trickle there are thousands an hour, which <see cref="ServiceSummary"/>
    /// sums up.</summary>
    private const int QuietBelow = 100;

    private const int Failed = 1, TooManyDeadLetters = 4;

    /// <summary>Time that an aborted run has to close the database.</summary>
    private static readonly TimeSpan AbortTime = TimeSpan.FromSeconds(5);

    private readonly IServiceProgram _program;
    private readonly ServiceMonitor _monitor;
    private readonly CatalogueCounter _counter;
    private readonly IHostApplicationLifetime _lifetime;
    private readonly TimeProvider _clock;
    private readonly ILogger<EtlService> _log;
    private readonly Backoff _backoff = new(TimeSpan.FromSeconds(30));
    private readonly CancellationTokenSource _aborting;
    private readonly PauseSwitch _pause = new();
    private readonly LeaderLock? _lead;

    internal EtlService(
        IServiceProgram program,
        ServiceMonitor monitor,
        CatalogueCounter counter,
        IHostApplicationLifetime lifetime,
        TimeProvider clock,
        ILogger<EtlService> log)
    {
        (_program, _monitor, _counter, _lifetime, _clock, _log) = (program, monitor, counter, lifetime, clock, log);
        _aborting = CancellationTokenSource.CreateLinkedTokenSource(program.Aborting);
        _lead = program.Catalogue is { } catalogue ? new LeaderLock(catalogue.Query, clock) : null;
        lifetime.ApplicationStopping.Register(monitor.Draining); // and stays: a run may end before the callback's turn
    }

    /// <summary>The service now.</summary>
    public EtlServiceStatus Status
    {
        get
        {
            ServiceSnapshot now = _monitor.Snapshot();
            return new EtlServiceStatus
            {
                State = now.State,
                Problem = now.Problem ?? (now.Outage is { } outage ? $"Covers cannot be read: {outage.Cause}." : null),
                StartedAt = _monitor.Started,
                NextRetryAt = now.NextRetry,
                Totals = now.Totals,
                Catalogue = _counter.Snapshot(now),
            };
        }
    }

    /// <summary>Pauses the service: it settles the movies in flight, and reads no more until <see cref="Resume"/>. Nothing is stored, so a new
    /// process is not paused.</summary>
    public void Pause()
    {
        if (_pause.Set(isPaused: true))
        {
            _monitor.Paused(isPaused: true);
            ServiceLog.IsPaused(_log);
        }
    }

    /// <summary>Resumes the service after <see cref="Pause"/>.</summary>
    public void Resume()
    {
        if (_pause.Set(isPaused: false))
        {
            _monitor.Paused(isPaused: false);
            ServiceLog.IsResumed(_log);
        }
    }

    /// <summary>Drains. A run that is not over when the host's time for its shutdown is, is aborted.</summary>
    /// <param name="cancellationToken">Aborts the run.</param>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        if (ExecuteTask is { IsCompleted: false } run)
        {
            ServiceLog.ShutdownTooShort(_log);
            await _aborting.CancelAsync().ConfigureAwait(false);
            await run.WaitAsync(AbortTime, _clock, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        _lead?.Dispose();
        _aborting.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The stopping token comes last: a web server answers until the drain is over.
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, _lifetime.ApplicationStopping);
        try
        {
            await StartedAsync(stopping.Token).ConfigureAwait(false);
            while (!stopping.IsCancellationRequested)
            {
                CancellationToken replaced = _program.Replaced; // before what it belongs to
                using ServicePipeline pipeline = _program.CreatePipeline();
                using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping.Token, replaced);
                await ServeAsync(pipeline, ending.Token).ConfigureAwait(false);
                await Task.Yield(); // off the thread that has brought the other configuration
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The host stopped before the start was complete.
        }
        catch (Exception fault)
        {
            Environment.ExitCode = fault is DeadLetterLimitException ? TooManyDeadLetters : Failed; // a host that stops for it returns 0
            throw;
        }
    }

    /// <summary>Completes once the host has started: a web server whose addresses are taken ends it before the catalogue is touched.</summary>
    private async Task StartedAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration starting = _lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken).ConfigureAwait(false);
    }

    /// <summary>Fills in what is missing again and again, until the service drains or its configuration is replaced.</summary>
    private async Task ServeAsync(ServicePipeline pipeline, CancellationToken draining)
    {
        while (!draining.IsCancellationRequested)
        {
            try
            {
                await LeadAsync(draining).ConfigureAwait(false);
                await _pause.ResumedAsync(draining).ConfigureAwait(false);
                using var reading = CancellationTokenSource.CreateLinkedTokenSource(draining, _pause.Requested);
                await pipeline.Watch.WaitAsync(Idle, reading.Token).ConfigureAwait(false);
                await RunAsync(pipeline, reading.Token).ConfigureAwait(false);
                Usable();
                if (reading.IsCancellationRequested)
                {
                    ReadAgain(pipeline);
                }
            }
            catch (OperationCanceledException) when (draining.IsCancellationRequested)
            {
                return;
            }
            catch (OperationCanceledException) when (_pause.IsPaused)
            {
                ReadAgain(pipeline);
            }
            catch (CatalogueException error)
            {
                ReadAgain(pipeline);
                TimeSpan delay = _backoff.Next();
                ServiceLog.Unusable(_log, error.Message, delay.TotalSeconds);
                _monitor.Waiting(error.Message, error.IsLocked);
                await Task.Delay(delay, _clock, draining).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Completes once this service leads the catalogue.</summary>
    private async Task LeadAsync(CancellationToken draining)
    {
        if (_lead is not null && await _lead.TakeAsync(StandBy, draining).ConfigureAwait(false))
        {
            ServiceLog.TakesOver(_log);
        }
    }

    private void StandBy(string problem)
    {
        if (_monitor.StandingBy(problem))
        {
            ServiceLog.StandsBy(_log, problem);
        }
    }

    /// <summary>A run has ended early, so movies may still be due although nothing has changed.</summary>
    private static void ReadAgain(ServicePipeline pipeline)
    {
        pipeline.Watch.RequirePass();
        pipeline.Schedule.Forget();
        pipeline.Movies.Stale?.Restart();
    }

    private void Idle(DateTimeOffset? nextRetry)
    {
        Usable();
        _monitor.Idle(nextRetry);
    }

    /// <summary>The catalogue has answered.</summary>
    private void Usable()
    {
        if (_backoff.Reset())
        {
            ServiceLog.UsableAgain(_log);
        }
    }

    private async Task RunAsync(ServicePipeline pipeline, CancellationToken draining)
    {
        pipeline.RunStarting();
        EtlRun run = pipeline.Pipeline.CreateRun();
        (run.WantsTotal, run.QuietBelow, run.Outage.IsEndless) = (true, QuietBelow, true);
        _monitor.RunStarted(run, pipeline.Movies.IsSlice);
        try
        {
            RunReport report = await pipeline.Pipeline.RunAsync(run, pipeline.Movies, draining, _aborting.Token).ConfigureAwait(false);
            if (pipeline.Movies.IsSlice)
            {
                pipeline.Movies.Stale!.Settled(report.Written, report.DeadLetters + report.Skipped);
            }

            if (report.Ending == RunEnding.Completed && pipeline.Movies.IsComplete)
            {
                pipeline.CatalogueRead();
            }
        }
        finally
        {
            _monitor.RunEnded();
        }
    }
}
