using Etl.Cluster;
using Etl.Host.Run;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PaletteEtl.Catalogue;
using PaletteEtl.Pipeline;

namespace Etl.Host.Service;

/// <summary>Keeps the catalogue complete: waits until palettes are missing, and runs the pipeline.</summary>
internal sealed partial class EtlService(
    ConfigurationInForce configuration,
    IServiceProvider process,
    ServiceMonitor monitor,
    IHostApplicationLifetime lifetime,
    Signals signals,
    TimeProvider clock,
    ILogger<EtlService> log) : BackgroundService
{
    /// <summary>Runs with fewer movies are logged at Debug: in a trickle there are thousands an hour, which <see cref="ServiceSummary"/>
    /// sums up.</summary>
    private const int QuietBelow = 100;

    private readonly Backoff _backoff = new(TimeSpan.FromSeconds(30));
    private volatile ServicePipeline? _current;

    /// <summary>The pipeline of the configuration in force; null before the start.</summary>
    public ServicePipeline? Current => _current;

    /// <summary>The exception that ended the service; null unless it failed.</summary>
    public Exception? Fault { get; private set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The stopping token comes last: the web server answers until the drain is over.
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lifetime.ApplicationStopping);
        using CancellationTokenRegistration draining = stopping.Token.Register(monitor.Draining);
        try
        {
            await StartedAsync(stopping.Token).ConfigureAwait(false);
            while (!stopping.IsCancellationRequested)
            {
                CancellationToken replaced = configuration.Replaced; // before what it belongs to
                using var pipeline = ServicePipeline.Create(configuration.Current, process);
                _current = pipeline;
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
            Fault = fault;
            lifetime.StopApplication();
        }
    }

    /// <summary>Completes once the service answers at its addresses: where they are taken, it is not to touch the catalogue.</summary>
    private async Task StartedAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration starting = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken).ConfigureAwait(false);
    }

    /// <summary>Fills in what is missing again and again, until the service drains or its configuration is replaced.</summary>
    private async Task ServeAsync(ServicePipeline pipeline, CancellationToken draining)
    {
        while (!draining.IsCancellationRequested)
        {
            try
            {
                await pipeline.Watch.WaitAsync(Idle, draining).ConfigureAwait(false);
                await RunAsync(pipeline, draining).ConfigureAwait(false);
                Usable();
            }
            catch (OperationCanceledException) when (draining.IsCancellationRequested)
            {
                return;
            }
            catch (CatalogueException error)
            {
                pipeline.Watch.RequirePass();
                pipeline.Schedule.Forget();
                pipeline.Movies.Stale?.Restart();
                TimeSpan delay = _backoff.Next();
                Unusable(log, error.Message, delay.TotalSeconds);
                monitor.Waiting(error.Message);
                await Task.Delay(delay, clock, draining).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private void Idle(DateTimeOffset? nextRetry)
    {
        Usable();
        monitor.Idle(nextRetry);
    }

    /// <summary>The catalogue has answered.</summary>
    private void Usable()
    {
        if (_backoff.Reset())
        {
            UsableAgain(log);
        }
    }

    private async Task RunAsync(ServicePipeline pipeline, CancellationToken draining)
    {
        pipeline.BeginRecovery();
        EtlRun run = pipeline.Pipeline.CreateRun();
        (run.WantsTotal, run.QuietBelow, run.Outage.IsEndless) = (true, QuietBelow, true);
        monitor.RunStarted(run, pipeline.Movies.IsSlice);
        try
        {
            RunReport report = await pipeline.Pipeline.RunAsync(run, draining, signals.Aborting).ConfigureAwait(false);
            if (pipeline.Movies.IsSlice)
            {
                pipeline.Movies.Stale!.Settled(report.Written, report.DeadLetters + report.Skipped);
            }

            if (report.Ending == RunEnding.Completed && pipeline.Movies.IsComplete)
            {
                pipeline.CompleteRecovery();
            }
        }
        finally
        {
            monitor.RunEnded();
        }
    }

    [LoggerMessage(144, LogLevel.Information, "The catalogue is available again.")]
    private static partial void UsableAgain(ILogger log);

    [LoggerMessage(141, LogLevel.Warning, "{Problem:l} Trying again in {Seconds} s.")]
    private static partial void Unusable(ILogger log, string problem, double seconds);
}
