using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Etl.IntegrationTests.Run;

/// <summary>The real <c>etl</c> as a process of its own, ended with the test.</summary>
internal sealed partial class EtlProcess : IDisposable
{
    public const int HangUp = 1;
    public const int Interrupt = 2;
    public const int Terminate = 15;

    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _errors;
    private readonly StringBuilder _log = new();
    private event Action? MoreLogged;

    private EtlProcess(Process process)
    {
        _process = process;
        _output = process.StandardOutput.ReadToEndAsync();
        _errors = ReadErrorsAsync();
    }

    /// <summary>The program as it is published.</summary>
    public static string Program => Path.Combine(Repository.PathOf("src/Etl.Host/bin/program"), FileNameOf("etl"));

    /// <summary>The program with decoders that covers can bring down.</summary>
    public static string PoisonedProgram => Path.Combine(Repository.PathOf("tests/Etl.PoisonedHost/bin/program"), FileNameOf("Etl.PoisonedHost"));

    /// <summary>Starts a command in a folder. It reads no etl.json there unless an argument names the file.</summary>
    public static EtlProcess Start(string folder, params string[] arguments) => StartProgram(folder, Program, arguments);

    /// <summary>Likewise, the program that lies in another folder than this one's.</summary>
    public static EtlProcess StartFrom(string program, string folder, string[] arguments) =>
        StartProgram(folder, Path.Combine(program, Path.GetFileName(Program)), arguments);

    /// <summary>Starts a command with some variables of the environment set.</summary>
    public static EtlProcess Start(string folder, (string Name, string Value)[] variables, params string[] arguments) =>
        StartProgram(folder, Program, arguments, variables);

    /// <summary>Starts a command of <see cref="PoisonedProgram"/>, with some variables of the environment set.</summary>
    public static EtlProcess StartPoisoned(string folder, (string Name, string Value)[] variables, params string[] arguments) =>
        StartProgram(folder, PoisonedProgram, arguments, variables);

    /// <summary>Starts a command that ignores SIGHUP, as <c>nohup</c> does.</summary>
    public static EtlProcess StartIgnoringHangUp(string folder, params string[] arguments) => StartByShell(folder, "trap '' HUP; exec", "", arguments);

    /// <summary>Starts a command by a shell.</summary>
    /// <param name="folder">The current folder.</param>
    /// <param name="before">The text before the command.</param>
    /// <param name="after">The text after the command, such as redirections.</param>
    /// <param name="arguments">The arguments of the command.</param>
    public static EtlProcess StartByShell(string folder, string before, string after, params string[] arguments)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no shell of POSIX.");
        return StartProgram(folder, "sh", ["-c", $"{before} \"$0\" \"$@\" {after}", Program, .. arguments]);
    }

    /// <summary>Runs a command after lines of shell, in which it can mount what it alone sees.</summary>
    public static async Task<EtlOutput> RunMountedAsync(string folder, string shell, params string[] arguments)
    {
        Assert.SkipUnless(await CanMountAsync(folder), "This system lets no test mount anything.");
        using EtlProcess process = StartProgram(
            folder, "unshare", ["-rm", "sh", "-c", $"set -e; {shell}; exec \"$0\" \"$@\"", Program, .. arguments]);
        return await process.EndAsync();
    }

    public static async Task<EtlOutput> RunAsync(string folder, params string[] arguments)
    {
        using EtlProcess process = Start(folder, arguments);
        return await process.EndAsync();
    }

    /// <summary>Completes once standard error has shown a text, with all it has shown by then.</summary>
    public async Task<string> Logged(string text)
    {
        var shown = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        void Look()
        {
            if (_log.ToString() is var log && log.Contains(text, StringComparison.Ordinal))
            {
                shown.TrySetResult(log);
            }
        }

        lock (_log)
        {
            MoreLogged += Look;
            Look();
        }

        return await shown.Task.WaitAsync(TestTimeout);
    }

    /// <summary>The text of standard error so far.</summary>
    public string Shown
    {
        get
        {
            lock (_log)
            {
                return _log.ToString();
            }
        }
    }

    /// <summary>Bytes of memory it has of the system now.</summary>
    public long WorkingSet
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    public int Id => _process.Id;

    /// <summary>Processor time it has used.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public void Signal(int signal) => Send(_process, signal);

    /// <summary>Sends a signal. On Windows the test that needs it is skipped here.</summary>
    public static void Send(Process process, int signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are sent with kill(2).");
        Assert.Equal(0, Send(process.Id, signal));
    }

    /// <summary>Ends the process with SIGKILL, unless it has just ended by itself.</summary>
    public void Kill() => _process.Kill();

    public bool HasEnded => _process.HasExited;

    /// <summary>Whether the process ends by itself before a time is over.</summary>
    public async Task<bool> EndsWithin(TimeSpan time) =>
        await Task.WhenAny(_process.WaitForExitAsync(), Task.Delay(time)) is var first && _process.HasExited && first.IsCompleted;

    public async Task<EtlOutput> EndAsync(TimeSpan? patience = null)
    {
        await _process.WaitForExitAsync().WaitAsync(patience ?? TestTimeout);
        return new EtlOutput(_process.ExitCode, await _output, await _errors);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private static EtlProcess StartProgram(
        string folder, string program, string[] arguments, params ReadOnlySpan<(string Name, string Value)> environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        return new EtlProcess(ChildProcess.Start(start));
    }

    private static string FileNameOf(string program) => OperatingSystem.IsWindows() ? $"{program}.exe" : program;

    private static async Task<bool> CanMountAsync(string folder)
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        using EtlProcess probe = StartProgram(folder, "unshare", ["-rm", "sh", "-c", "mount -t tmpfs -o size=64k tmpfs ."]);
        return (await probe.EndAsync()).ExitCode == 0;
    }

    private async Task<string> ReadErrorsAsync()
    {
        while (await _process.StandardError.ReadLineAsync() is { } line)
        {
            lock (_log)
            {
                _log.AppendLine(line);
                MoreLogged?.Invoke();
            }
        }

        return _log.ToString();
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Send(int process, int signal);
}
