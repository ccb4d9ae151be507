namespace PaletteEtl.Pipeline;

/// <summary>The memory that one item of a stage has taken. The time that it waits for memory, or for the end of an outage, is kept apart
/// from work.</summary>
/// <param name="budget">The budget that all items of the stage share.</param>
/// <param name="monitor">Times the stage.</param>
/// <param name="started">The timestamp at which the stage took the item.</param>
internal sealed class StageReservation(MemoryBudget budget, StageMonitor monitor, long started) : Reservation(budget)
{
    private long _since;

    /// <summary>The timestamp at which its work began: when the stage took it, or when the last hold ended.</summary>
    public long Began { get; private set; } = started;

    /// <summary>Time the item has waited for its bytes since then, in ticks of the clock's timestamps.</summary>
    public long Waited { get; private set; }

    /// <summary>An outage holds the item from now on.</summary>
    public void HoldStarted() => monitor.HoldStarted();

    /// <summary>The item is held no longer, and its work begins anew.</summary>
    public void HoldEnded() => (Began, Waited) = (monitor.HoldEnded(), 0);

    private protected override void WaitStarted() => _since = monitor.WaitStarted();

    private protected override void WaitEnded() => Waited += monitor.WaitEnded(_since);
}
