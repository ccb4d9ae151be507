namespace PaletteEtl.Pipeline;

/// <summary>Turns the end of a graph into the outcome of its run.</summary>
internal static class RunCompletion
{
    /// <summary>Waits for the graph to run dry, and throws the run's first fault.</summary>
    /// <param name="reading">The task that feeds the first block and completes it.</param>
    /// <param name="last">The completion of the last block, which ends after all others.</param>
    /// <param name="abort">Ends the run early.</param>
    public static async Task WaitAsync(Task reading, Task last, RunAbort abort)
    {
        await last.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (last.Exception is { } unforeseen)
        {
            // A block that faults by itself accepts nothing more, so the reading must be aborted. Blocks wrap a fault once per hop.
            abort.Fault(unforeseen.Flatten().InnerExceptions[0]);
        }

        await reading.ConfigureAwait(false);
        abort.ThrowIfFaulted();
    }
}
