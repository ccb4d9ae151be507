namespace PaletteEtl.Model;

/// <summary>The work of one stage in a run. <c>Busy + Blocked + Starved</c> is its degree of parallelism times the run's wall clock.</summary>
public sealed record StageReport
{
    /// <summary>The stage: <c>fetch</c>, <c>decode</c>, <c>quantize</c> or <c>write</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Items it can work on at once.</summary>
    public required int DegreeOfParallelism { get; init; }

    /// <summary>Items it can hold; batches for <c>write</c>.</summary>
    public required int Capacity { get; init; }

    /// <summary>Items it has worked on, failures included; batches for <c>write</c>.</summary>
    public required long Items { get; init; }

    /// <summary>Items that failed in it.</summary>
    public required long Failures { get; init; }

    /// <summary>Median time it worked on an item.</summary>
    public required TimeSpan P50 { get; init; }

    /// <summary>Time 95 % of its items did not exceed.</summary>
    public required TimeSpan P95 { get; init; }

    /// <summary>Time 99 % of its items did not exceed.</summary>
    public required TimeSpan P99 { get; init; }

    /// <summary>Longest time it worked on an item.</summary>
    public required TimeSpan Longest { get; init; }

    /// <summary>Time it worked on items, summed over the items in progress.</summary>
    public required TimeSpan Busy { get; init; }

    /// <summary>Time its unused parallelism was blocked, because the next stage was full, memory was missing or an outage held items.</summary>
    public required TimeSpan Blocked { get; init; }

    /// <summary>The part of <see cref="Blocked"/> that items waited for memory.</summary>
    public required TimeSpan MemoryWait { get; init; }

    /// <summary>Time its unused parallelism had no items.</summary>
    public required TimeSpan Starved { get; init; }

    /// <summary>How full it was on average, 0 to 1.</summary>
    public required double MeanFill { get; init; }

    /// <summary>Items in progress now, without those that wait for memory or for the end of an outage.</summary>
    public int InProgress { get; init; }

    /// <summary>Items it holds now.</summary>
    public required int Held { get; init; }

    /// <summary>The share of its time that was busy, 0 to 1.</summary>
    public double BusyShare => Share(Busy);

    /// <summary>The share of its time that was blocked, 0 to 1.</summary>
    public double BlockedShare => Share(Blocked);

    /// <summary>The share of its time that items waited for memory, 0 to 1.</summary>
    public double MemoryShare => Share(MemoryWait);

    /// <summary>The share of its time that was starved, 0 to 1.</summary>
    public double StarvedShare => Share(Starved);

    private double Share(TimeSpan part)
    {
        TimeSpan whole = Busy + Blocked + Starved;
        return whole > TimeSpan.Zero ? part / whole : 0;
    }
}
