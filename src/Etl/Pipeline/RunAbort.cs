using System.Runtime.ExceptionServices;

namespace PaletteEtl.Pipeline;

/// <summary>Ends a run early: on request, or at its first fault, which it keeps.</summary>
/// <remarks>
/// No block of the graph ever faults or is cancelled. A fault travels downstream only, and a cancelled block whose input
/// has ended keeps what it has finished until somebody takes it: either way a block upstream could wait for ever. An
/// aborted graph drains as any other does, its stages dropping every item.
/// </remarks>
internal sealed class RunAbort(CancellationToken aborting) : IDisposable
{
    private readonly CancellationTokenSource _abort = CancellationTokenSource.CreateLinkedTokenSource(aborting);
    private Exception? _fault;

    /// <summary>Cancelled once the run is to end.</summary>
    public CancellationToken Token => _abort.Token;

    /// <summary>Aborts the run for an error that is no item's. The first one counts; the others follow from it.</summary>
    public void Fault(Exception error)
    {
        Interlocked.CompareExchange(ref _fault, error, null);
        _abort.Cancel();
    }

    /// <summary>Throws the first fault as it was thrown where it happened.</summary>
    public void ThrowIfFaulted()
    {
        if (_fault is not null)
        {
            ExceptionDispatchInfo.Throw(_fault);
        }
    }

    public void Dispose() => _abort.Dispose();
}
