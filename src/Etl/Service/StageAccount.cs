namespace PaletteEtl.Service;

/// <summary>The account of a stage over all runs of the service.</summary>
/// <param name="Items">Items it has worked on; batches for <c>write</c>.</param>
/// <param name="Busy">Time of its workers that was busy.</param>
/// <param name="Blocked">Time of its workers that was blocked.</param>
/// <param name="Starved">Time of its workers that was starved.</param>
internal readonly record struct StageAccount(long Items, TimeSpan Busy, TimeSpan Blocked, TimeSpan Starved)
{
    public static StageAccount Of(StageReport stage) => new(stage.Items, stage.Busy, stage.Blocked, stage.Starved);

    public static StageAccount operator +(StageAccount left, StageAccount right) => new(
        left.Items + right.Items, left.Busy + right.Busy, left.Blocked + right.Blocked, left.Starved + right.Starved);

    public static StageAccount operator -(StageAccount left, StageAccount right) => new(
        left.Items - right.Items, left.Busy - right.Busy, left.Blocked - right.Blocked, left.Starved - right.Starved);
}
