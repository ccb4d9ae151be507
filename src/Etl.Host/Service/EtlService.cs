using Etl.Host.Run;
using Etl.Pipeline;
using Etl.Query;
using Etl.Telemetry;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

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
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromMinutes(1);

    private readonly Backoff _backoff = new();
    private volatile ServicePipeline? _current;

    /// <summary>The pipeline of the configuration in force; null before the start.</summary>
    public ServicePipeline? Current => _current;

    /// <summary>What ended the service; null as long as nothing but a wish did.</summary>
    public Exception? Fault { get; private set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using CancellationTokenRegistration draining = stoppingToken.Register(monitor.Draining);
        try
        {
            await StartedAsync(stoppingToken).ConfigureAwait(false);
            while (!stoppingToken.IsCancellationRequested)
            {
                using var pipeline = ServicePipeline.Create(configuration.Current, process);
                _current = pipeline;
                using var replaced = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, configuration.Replaced);
                await ServeAsync(pipeline, replaced.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Told to end before the start was over.
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
                await pipeline.Watch.WaitAsync(monitor.Idle, draining).ConfigureAwait(false);
                await RunAsync(pipeline, draining).ConfigureAwait(false);
                _backoff.Reset();
            }
            catch (OperationCanceledException) when (draining.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error) when (error is CatalogueException or SqliteException)
            {
                TimeSpan delay = _backoff.Next();
                Unusable(log, error.Message, delay.TotalSeconds);
                monitor.Waiting(error.Message);
                await Task.Delay(delay, clock, draining).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task RunAsync(ServicePipeline pipeline, CancellationToken draining)
    {
        pipeline.BeginRecovery();
        RunMonitor run = pipeline.Pipeline.CreateRun();
        run.WantsTotal = true;
        using var aborting = CancellationTokenSource.CreateLinkedTokenSource(signals.Aborting);
        using CancellationTokenRegistration limit =
            draining.Register(() => aborting.CancelAfter(pipeline.Options.DrainTimeout));
        monitor.RunStarted(run);
        try
        {
            Task<RunReport> running = pipeline.Pipeline.RunAsync(run, draining, aborting.Token);
            await ProgressLog.ShowAsync(run, log, running, clock, ProgressInterval).ConfigureAwait(false);
            RunReport report = await running.ConfigureAwait(false);
            if (report.Ending == RunEnding.Completed && pipeline.Movies is { IsAtEnd: true, NextDue: null })
            {
                pipeline.CompleteRecovery();
            }
        }
        finally
        {
            monitor.RunEnded();
        }
    }

    [LoggerMessage(141, LogLevel.Warning, "{Problem} Trying again in {Seconds} s.")]
    private static partial void Unusable(ILogger log, string problem, double seconds);
}
