using System.CommandLine;
using Etl.Host.Run;

namespace Etl.Host.Commands;

/// <summary>Commands that print results while they run. A signal ends them with its exit code; they end without a message when the
/// reader of their output has gone.</summary>
internal static class StreamingAction
{
    /// <summary>Runs a command.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="action">The work, which ends when its token is cancelled.</param>
    public static async Task<int> RunAsync(ParseResult parsed, Func<CancellationToken, Task<int>> action)
    {
        using var signals = new Signals(Timeout.InfiniteTimeSpan, TimeProvider.System, static _ => { });
        await using var output = new OutputWatch(parsed.InvocationConfiguration.Output, TimeProvider.System);
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(signals.Draining, output.Closed);
        try
        {
            Task<int> running = Task.Run(() => action(stopping.Token), CancellationToken.None);
            await RunExecution.UntilEndedAsync(running, TimeProvider.System, stopping.Token);
            if (running.IsCompleted)
            {
                return await running;
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Reported by the exit code.
        }

        return signals.ExitCode ?? ExitCodes.Done;
    }
}
