using System.Runtime.InteropServices;

namespace Etl.Host.Run;

/// <summary>SIGINT and SIGTERM: the first drains, the second or a drain that takes too long aborts.</summary>
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
    public Signals(TimeSpan drainTimeout, TimeProvider clock, Action<string> tell)
    {
        _drainTimeout = drainTimeout;
        _tell = tell;
        _aborting = new CancellationTokenSource(Timeout.InfiniteTimeSpan, clock);
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Received(context, ExitCodes.Interrupted)),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Received(context, ExitCodes.Terminated)),
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
