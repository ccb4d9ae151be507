namespace Etl.Host.Run;

/// <summary>Runs an action periodically while a run lasts.</summary>
internal static class PeriodicTask
{
    public static async Task RunWhileAsync(Task run, TimeSpan interval, TimeProvider clock, Action action)
    {
        using var timer = new PeriodicTimer(interval, clock);
        Task stopping = StopAfterAsync(run, timer);
        while (await timer.WaitForNextTickAsync())
        {
            action();
        }

        await stopping;
    }

    /// <summary>Stops the timer when the run ends or faults; its caller observes the fault.</summary>
    private static async Task StopAfterAsync(Task run, PeriodicTimer timer)
    {
        await run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        timer.Dispose();
    }
}
