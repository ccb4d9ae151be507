using System.Globalization;
using System.Runtime.InteropServices;
using PaletteEtl.Catalogue.Sqlite;

namespace Etl.Host.Run;

/// <summary>SIGINT, SIGTERM and SIGHUP: the first signal drains; the second one, or a drain that takes too long, aborts, and interrupts
/// the statements of the database.</summary>
internal sealed class Signals : IDisposable
{
    private readonly CancellationTokenSource _draining = new();
    private readonly CancellationTokenSource _aborting;
    private readonly TimeSpan _drainTimeout;
    private readonly Action<string> _tell;
    private readonly PosixSignalRegistration[] _registrations;

    /// <param name="drainTimeout">How long a drain may take.</param>
    /// <param name="clock">Measures it.</param>
    /// <param name="tell">Shows the user a line.</param>
    /// <param name="hangUpDrains">Whether SIGHUP drains; otherwise another part of the process handles it.</param>
    public Signals(TimeSpan drainTimeout, TimeProvider clock, Action<string> tell, bool hangUpDrains = true)
    {
        _drainTimeout = drainTimeout;
        _tell = tell;
        _aborting = new CancellationTokenSource(Timeout.InfiniteTimeSpan, clock);
        _aborting.Token.UnsafeRegister(static _ => OpenConnections.Interrupt(), null);
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Received(context, ExitCodes.Interrupted)),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Received(context, ExitCodes.Terminated)),
            .. hangUpDrains && !IsHangUpIgnored()
                ? [PosixSignalRegistration.Create(PosixSignal.SIGHUP, context => Received(context, ExitCodes.HungUp))]
                : Array.Empty<PosixSignalRegistration>(),
        ];
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Draining => _draining.Token;

    /// <summary>Cancelled by the second signal, or when the drain has taken too long.</summary>
    public CancellationToken Aborting => _aborting.Token;

    /// <summary>The exit code of the first signal received; null when there was none.</summary>
    public int? ExitCode { get; private set; }

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
        {
            registration.Dispose();
        }

        _draining.Dispose();
        _aborting.Dispose();
    }

    /// <summary>Whether the process was started to survive its terminal, as by nohup: a registration would undo that.</summary>
    private static bool IsHangUpIgnored()
    {
        const string Ignored = "SigIgn:";
        const ulong HangUp = 1; // the mask begins with signal 1
        return OperatingSystem.IsLinux()
            && File.ReadLines("/proc/self/status").FirstOrDefault(static line => line.StartsWith(Ignored, StringComparison.Ordinal)) is { } line
            && ulong.TryParse(line.AsSpan(Ignored.Length).Trim(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong mask)
            && (mask & HangUp) != 0;
    }

    private void Received(PosixSignalContext context, int exitCode)
    {
        context.Cancel = true;
        if (ExitCode is not null)
        {
            _tell("Aborting: movies in flight are dropped, and committed palettes stay.");
            _aborting.Cancel();
            return;
        }

        ExitCode = exitCode;
        _tell("Draining: no more movies are read, and those already read are written. A second signal aborts.");
        _draining.Cancel();
        _aborting.CancelAfter(_drainTimeout);
    }
}
