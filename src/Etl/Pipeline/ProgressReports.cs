namespace PaletteEtl.Pipeline;

/// <summary>Reports the progress of a run, at intervals and at its end.</summary>
internal static class ProgressReports
{
    /// <summary>The interval between two reports.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    /// <summary>Reports until the run has ended.</summary>
    /// <param name="run">The run.</param>
    /// <param name="progress">Receives the reports, one at a time.</param>
    /// <param name="clock">Measures the interval.</param>
    /// <param name="ended">Cancelled when the run has ended.</param>
    public static async Task SendAsync(EtlRun run, IProgress<RunProgress> progress, TimeProvider clock, CancellationToken ended)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(ended).ConfigureAwait(false))
            {
                progress.Report(new RunProgress(run.Report(), run.Total, run.Left));
            }
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            progress.Report(new RunProgress(run.Report(), run.Total, run.Left));
        }
    }
}
