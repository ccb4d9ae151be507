using PaletteEtl.Pipeline;

namespace WorkerService;

/// <summary>Runs the pipeline again and again. A run of a catalogue without missing palettes reads its index only.</summary>
internal sealed partial class PaletteWorker(EtlPipeline pipeline, ILogger<PaletteWorker> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            RunReport report = await pipeline.RunAsync(draining: stoppingToken);
            if (report.Read > 0)
            {
                RunEnded(log, report.Written, report.Read, report.Verdict);
            }

            await Task.Delay(Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(LogLevel.Information, "{Written} of {Read} palettes written. {Verdict}")]
    private static partial void RunEnded(ILogger log, long written, long read, string verdict);
}
