namespace Etl.Host.Run;

/// <summary>Does something again and again for as long as a run lasts.</summary>
internal static class Ticks
{
    public static async Task WhileAsync(Task run, TimeSpan interval, TimeProvider clock, Action tick)
    {
        using var timer = new PeriodicTimer(interval, clock);
        Task stopping = StopAfterAsync(run, timer);
        while (await timer.WaitForNextTickAsync())
        {
            tick();
        }

        await stopping;
    }

    /// <summary>Ends the ticks with the run, well or not; whoever awaits the run sees how it ended.</summary>
    private static async Task StopAfterAsync(Task run, PeriodicTimer timer)
    {
        await run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        timer.Dispose();
    }
}
