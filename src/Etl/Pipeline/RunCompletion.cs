using System.Runtime.ExceptionServices;

namespace Etl.Pipeline;

/// <summary>Turns the completions of a graph's blocks into one outcome of the run.</summary>
internal static class RunCompletion
{
    /// <summary>Waits for all, and aborts the rest once one has faulted: a fault travels downstream only, and whoever
    /// is upstream would wait for ever. Throws the root of the first fault in the order of the graph.</summary>
    public static async Task WhenAllAsync(Task reading, IReadOnlyList<Task> blocks, CancellationTokenSource abort)
    {
        Task[] all = [reading, .. blocks];
        Task[] watched = [.. all.Select(task => AbortOnFaultAsync(task, abort))];
        await Task.WhenAll(watched).ConfigureAwait(false);

        if (Array.Find(all, static task => task.IsFaulted) is { Exception: { } fault })
        {
            // A block wraps the fault it was handed, once a hop.
            ExceptionDispatchInfo.Throw(fault.Flatten().InnerExceptions[0]);
        }
    }

    private static async Task AbortOnFaultAsync(Task task, CancellationTokenSource abort)
    {
        await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (task.IsFaulted)
        {
            await abort.CancelAsync().ConfigureAwait(false);
        }
    }
}
