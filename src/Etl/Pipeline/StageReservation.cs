namespace PaletteEtl.Pipeline;

/// <summary>The memory that one item of a stage has taken. The time that it waits for memory is kept apart from work.</summary>
internal sealed class StageReservation(MemoryBudget budget, StageMonitor monitor) : Reservation(budget)
{
    private long _since;

    /// <summary>Time the item waited for its bytes, in ticks of the clock's timestamps.</summary>
    public long Waited { get; private set; }

    private protected override void WaitStarted() => _since = monitor.WaitStarted();

    private protected override void WaitEnded() => Waited += monitor.WaitEnded(_since);
}
