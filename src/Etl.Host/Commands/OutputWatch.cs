using System.Runtime.InteropServices;

namespace Etl.Host.Commands;

/// <summary>Detects that the reader of standard output has gone, as after <c>| head</c>. The console ignores that error, and a command
/// would continue without a reader.</summary>
internal sealed partial class OutputWatch : IAsyncDisposable
{
    private const int StandardOutput = 1;

    // Of poll.h: a pipe without a reader, or a terminal that is gone.
    private const short Error = 0x08;
    private const short HangUp = 0x10;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    private readonly CancellationTokenSource _closed = new();
    private readonly ITimer? _timer;

    /// <param name="output">The output of the command; only standard output is watched, and not on Windows.</param>
    /// <param name="clock">The clock of the polling timer.</param>
    public OutputWatch(TextWriter output, TimeProvider clock)
    {
        if (ReferenceEquals(output, Console.Out) && !OperatingSystem.IsWindows())
        {
            _timer = clock.CreateTimer(_ => Check(), null, Interval, Interval);
        }
    }

    /// <summary>Cancelled once there is no reader.</summary>
    public CancellationToken Closed => _closed.Token;

    public async ValueTask DisposeAsync()
    {
        if (_timer is not null)
        {
            await _timer.DisposeAsync();
        }

        _closed.Dispose();
    }

    private void Check()
    {
        var descriptor = new Descriptor { Number = StandardOutput };
        if (Poll(ref descriptor, 1, timeout: 0) > 0 && (descriptor.Returned & (Error | HangUp)) != 0)
        {
            _closed.Cancel();
        }
    }

    [LibraryImport("libc", EntryPoint = "poll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Poll(ref Descriptor descriptors, nuint count, int timeout);

    [StructLayout(LayoutKind.Sequential)]
    private struct Descriptor
    {
        public int Number;
        public short Wanted;
        public short Returned;
    }
}
