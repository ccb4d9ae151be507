namespace PaletteEtl.Pipeline;

/// <summary>Aborts a run on request, or when its drain takes too long.</summary>
internal sealed class DrainLimit : IDisposable
{
    private readonly CancellationTokenSource _expired;
    private readonly CancellationTokenSource _aborting;
    private readonly CancellationTokenRegistration _drained;

    /// <param name="timeout">The maximum duration of the drain.</param>
    /// <param name="clock">Measures it.</param>
    /// <param name="draining">Begins the drain.</param>
    /// <param name="aborting">Aborts the run on request.</param>
    public DrainLimit(TimeSpan timeout, TimeProvider clock, CancellationToken draining, CancellationToken aborting)
    {
        _expired = new CancellationTokenSource(Timeout.InfiniteTimeSpan, clock);
        _aborting = CancellationTokenSource.CreateLinkedTokenSource(aborting, _expired.Token);
        _drained = draining.UnsafeRegister(_ => _expired.CancelAfter(timeout), null);
    }

    /// <summary>Cancelled when the run is to be aborted.</summary>
    public CancellationToken Aborting => _aborting.Token;

    public void Dispose()
    {
        _drained.Dispose();
        _aborting.Dispose();
        _expired.Dispose();
    }
}
