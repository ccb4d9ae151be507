using System.Collections.Concurrent;
using System.Diagnostics;

namespace Etl.IntegrationTests.Run;

/// <summary>Starts processes with the default action for every signal, which end with this one, however it ends. Each of the two
/// needs a program of the system, and does without where that is missing.</summary>
internal static class ChildProcess
{
    /// <summary>util-linux: the kernel ends the process with its parent.</summary>
    private static readonly string[] EndsWithParent = ["setpriv", "--pdeathsig", "KILL"];

    /// <summary>coreutils 8.31: signals that are ignored here, as under nohup or behind a shell's <c>&amp;</c>, are not ignored there.</summary>
    private static readonly string[] DefaultSignals = ["env", "--default-signal"];

    private static readonly BlockingCollection<Action> Starts = [];
    private static readonly Lazy<string[]> Launchers = new(() => [.. Usable(DefaultSignals), .. Usable(EndsWithParent)]);

    /// <summary>To the kernel the parent is the thread that starts a process, so one thread starts all of them, and stays.</summary>
    static ChildProcess() => new Thread(StartAll) { IsBackground = true, Name = "starts processes" }.Start();

    /// <summary>Starts a process. The launchers replace themselves by it, so its process id is that of the result.</summary>
    public static Process Start(ProcessStartInfo start)
    {
        string[] command = [.. Launchers.Value, start.FileName, .. start.ArgumentList];
        start.FileName = command[0];
        start.ArgumentList.Clear();
        foreach (string argument in command[1..])
        {
            start.ArgumentList.Add(argument);
        }

        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        Starts.Add(() =>
        {
            try
            {
                started.SetResult(Process.Start(start)!);
            }
            catch (Exception error)
            {
                started.SetException(error);
            }
        });
        return started.Task.GetAwaiter().GetResult();
    }

    private static void StartAll()
    {
        foreach (Action start in Starts.GetConsumingEnumerable())
        {
            start();
        }
    }

    /// <summary>The launcher, or nothing where it does not start a program.</summary>
    private static string[] Usable(string[] launcher)
    {
        try
        {
            using var probe = Process.Start(new ProcessStartInfo(launcher[0], [.. launcher[1..], "true"]) { RedirectStandardError = true })!;
            probe.WaitForExit();
            return probe.ExitCode == 0 ? launcher : [];
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return [];
        }
    }
}
