using System.Diagnostics;
using Etl.Cluster;
using Etl.Cluster.Status;
using Etl.Host.Cluster;
using Etl.Host.Configuration;
using Etl.Host.Outputs;
using Etl.Host.Recovery;
using Etl.Host.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PaletteEtl.Catalogue;
using PaletteEtl.Catalogue.Sqlite;
using PaletteEtl.Pipeline;
using PaletteEtl.Telemetry;
using Serilog.Events;
using Spectre.Console;

namespace Etl.Host.Run;

/// <summary>One run as a command: signals, progress, summary, exit code.</summary>
internal static class RunExecution
{
    private static readonly TimeSpan LogInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AbortPatience = TimeSpan.FromSeconds(2);

    public static async Task<int> RunAsync(EtlConfiguration configuration, RunSettings settings, TextWriter output, TextWriter errors)
    {
        var files = FilesInUse.Of(configuration);
        OutputFile? backup = settings.Backup is { } copy ? files.ClaimDatabase("--backup", copy) : null;
        OutputFile? reported = settings.Report is { } report ? files.Claim("--report", report) : null;
        IAnsiConsole console = Terminal.On(errors);
        ProgressMode mode = ModeOf(settings);
        LogEventLevel level = settings.Quiet || mode == ProgressMode.Bar ? LogEventLevel.Warning : LogEventLevel.Information;
        OtlpSettings otlp = OpenTelemetryServices.Check(new OtlpSettings(configuration.OpenTelemetry, ProcessEnvironment.OfProcess().Variables));
        using ServiceProvider services = EtlServices.Build(
            configuration, new ConsoleLog(console, settings.LogFormat), level, otlp, (collection, etl) => Compose(collection, etl, configuration, settings));
        ILogger log = services.GetRequiredService<ILogger<EtlRun>>();
        foreach (string misspelled in EnvironmentLayer.Misspelled(ProcessEnvironment.OfProcess().Variables))
        {
            RunLog.Warning(log, misspelled);
        }

        if (configuration.Options.Query is { Refresh: not RefreshKind.None, Adopt: false } query && HasNoProvenance(configuration.Options))
        {
            RunLog.Warning(log, $"No palette of {query.Table} is known to be from etl, so none is stale. With --adopt all of them are made again.");
        }

        using TelemetryExport? export = TelemetryExport.Start(otlp, services, log);
        EtlOptions options = services.GetRequiredService<IOptions<EtlOptions>>().Value;
        TimeProvider clock = services.GetRequiredService<TimeProvider>();
        using var signals = new Signals(options.DrainTimeout, clock, line => Tell(line, settings, console, log));
        if (backup is not null && !await DatabaseBackup.TryCreateAsync(options, backup, signals.Draining))
        {
            return signals.ExitCode!.Value;
        }

        CrashRecovery.Begin(services);
        using var growth = new ThreadPoolGrowth(options, clock);
        EtlPipeline pipeline = services.GetRequiredService<EtlPipeline>();
        EtlRun run = pipeline.CreateRun();
        run.WantsTotal = mode != ProgressMode.None;
        try
        {
            Task<RunReport> running = pipeline.RunAsync(run, signals.Draining, signals.Aborting);
            Task watched = UntilEndedAsync(running, clock, signals.Aborting);
            Task workers = export is not null && configuration.Cluster.Broker is not null
                ? WatchWorkersAsync(configuration.Cluster, services, watched)
                : Task.CompletedTask;
            await ShowAsync(log, run, mode, console, watched, clock);
            await workers;
            await watched;
            if (!running.IsCompleted)
            {
                run.Ended(RunEnding.Aborted);
            }
        }
        catch
        {
            SummarizeFailed(run.Report(), settings, reported, output, errors);
            throw;
        }

        Summarize(run.Report(), settings, reported, output, errors);
        RunReport ended = run.Report();
        if (ended.Ending == RunEnding.Completed && settings is { Limit: null, Ids: null })
        {
            CrashRecovery.Completed(services);
        }

        return signals.ExitCode ?? (ended.DeadLetters + ended.Skipped + ended.SupersededMissing > 0 ? ExitCodes.Incomplete : ExitCodes.Done);
    }

    /// <summary>Waits for the run, but not much longer than until an abort: a write may wait half a minute for a locked
    /// database, and what the process leaves uncommitted is as if it had never been.</summary>
    internal static async Task UntilEndedAsync(Task running, TimeProvider clock, CancellationToken aborting)
    {
        var aborted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (aborting.Register(aborted.SetResult))
        {
            if (await Task.WhenAny(running, aborted.Task) == aborted.Task)
            {
                await Task.WhenAny(running, Task.Delay(AbortPatience, clock, CancellationToken.None));
            }
        }

        if (running.IsCompleted)
        {
            await running;
        }
    }

    /// <summary>Measures the workers while a run lasts.</summary>
    private static async Task WatchWorkersAsync(ClusterOptions cluster, IServiceProvider services, Task run)
    {
        using var ended = new CancellationTokenSource();
        var watch = new WorkerWatch(
            cluster,
            services.GetRequiredService<ClusterState>(),
            services.GetRequiredService<EtlMetrics>(),
            services.GetRequiredService<TimeProvider>());
        Task watching = watch.RunAsync(ended.Token);
        await run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await ended.CancelAsync();
        await watching;
    }

    private static bool HasNoProvenance(EtlOptions options) =>
        File.Exists(options.Query.Database) && !new SqliteCatalogue(options.Catalogue).Provenance.Exists();

    private static ProgressMode ModeOf(RunSettings settings) =>
        settings.Quiet ? ProgressMode.None
        : settings.Progress != ProgressMode.Auto ? settings.Progress
        : Console.IsErrorRedirected || settings.LogFormat == LogFormat.Json ? ProgressMode.Log
        : ProgressMode.Bar;

    private static void Compose(IServiceCollection services, EtlBuilder etl, EtlConfiguration configuration, RunSettings settings)
    {
        if (settings.Limit is { } limit)
        {
            etl.Movies.Through((_, movies) => new LimitedMovieSource(movies, limit));
        }

        if (settings.Ids is { } ids)
        {
            etl.Movies.Through((provider, movies) => new SelectedMovieSource(movies, ids, provider.GetRequiredService<ILogger<EtlRun>>()));
        }

        etl.AddCluster(
            services, configuration.Cluster, CatalogueClaims.Of(configuration.Options, waits: !settings.NoWait, writes: !settings.DryRun));
        if (settings.DryRun)
        {
            etl.Sink.Use(static provider => ActivatorUtilities.CreateInstance<DryRunSink>(provider));
        }
        else
        {
            CrashRecovery.AddTo(services, etl);
        }
    }

    private static async Task ShowAsync(
        ILogger log, EtlRun run, ProgressMode mode, IAnsiConsole console, Task running, TimeProvider clock)
    {
        if (mode == ProgressMode.None)
        {
            return;
        }

        Activity.Current = run.Span; // for the log lines
        await (mode == ProgressMode.Bar
            ? ProgressDisplay.ShowAsync(run, console, running, clock)
            : ProgressLog.ShowAsync(run, log, running, clock, LogInterval));
    }

    /// <summary>Shows the user a line, or logs it where the log format is JSON.</summary>
    private static void Tell(string line, RunSettings settings, IAnsiConsole console, ILogger log)
    {
        if (settings.LogFormat == LogFormat.Json)
        {
            RunLog.Line(log, line);
        }
        else
        {
            console.Write(new Unwrapped(line));
        }
    }

    private static void Summarize(RunReport report, RunSettings settings, OutputFile? file, TextWriter output, TextWriter errors)
    {
        if (!settings.Quiet && report.Ending != RunEnding.Running && (report.Read > 0 || report.Ending == RunEnding.Completed))
        {
            ShowSummary(report, settings, output, errors);
        }

        if (file is not null)
        {
            RunReportFile.Write(file, report, settings.DryRun, PeakMemory());
        }
    }

    /// <summary>Shows the summary. The palettes are written, so an output that is closed or full does not make the run a failure.</summary>
    private static void ShowSummary(RunReport report, RunSettings settings, TextWriter output, TextWriter errors)
    {
        try
        {
            RunSummary.Write(output, report, settings.DryRun, PeakMemory());
            output.Flush();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            errors.WriteLine($"etl: The summary cannot be written to standard output: {error.Message.TrimEnd('.')}. The exit code is that of the run.");
        }
    }

    /// <summary>Summarizes a run that failed: its own error is on its way to the user, the report's becomes a further line.</summary>
    private static void SummarizeFailed(
        RunReport report, RunSettings settings, OutputFile? file, TextWriter output, TextWriter errors)
    {
        try
        {
            Summarize(report, settings, file, output, errors);
        }
        catch (IOException error)
        {
            errors.WriteLine($"etl: {error.Message}");
        }
    }

    private static long PeakMemory()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }
}
