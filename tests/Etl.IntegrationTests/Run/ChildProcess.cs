using System.Collections.Concurrent;
using System.Diagnostics;

namespace Etl.IntegrationTests.Run;

/// <summary>Starts processes that end with this one, however it ends, where <c>setpriv</c> can tell the kernel so.</summary>
internal static class ChildProcess
{
    private static readonly string[] EndsWithParent = ["--pdeathsig", "KILL"];
    private static readonly BlockingCollection<Action> Starts = [];
    private static readonly Lazy<bool> CanEndWithParent = new(Probe);

    /// <summary>To the kernel the parent is the thread that starts a process, so one thread starts all of them, and stays.</summary>
    static ChildProcess() => new Thread(StartAll) { IsBackground = true, Name = "starts processes" }.Start();

    /// <summary>Starts a process, which has the process id that it would have by itself.</summary>
    public static Process Start(ProcessStartInfo start)
    {
        if (CanEndWithParent.Value)
        {
            string[] command = [.. EndsWithParent, start.FileName, .. start.ArgumentList];
            start.FileName = "setpriv";
            start.ArgumentList.Clear();
            foreach (string argument in command)
            {
                start.ArgumentList.Add(argument);
            }
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

    private static bool Probe()
    {
        if (!OperatingSystem.IsLinux() || !File.Exists("/usr/bin/setpriv"))
        {
            return false;
        }

        using var probe = Process.Start(new ProcessStartInfo("setpriv", [.. EndsWithParent, "true"]) { RedirectStandardError = true })!;
        probe.WaitForExit();
        return probe.ExitCode == 0;
    }
}
