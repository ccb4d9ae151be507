using System.ComponentModel.DataAnnotations;

namespace PaletteEtl.Model;

/// <summary>How wide and how deep a stage is.</summary>
public abstract class StageOptions
{
    private protected StageOptions(int degreeOfParallelism, int boundedCapacity) =>
        (DegreeOfParallelism, BoundedCapacity) = (degreeOfParallelism, boundedCapacity);

    /// <summary>Items the stage works on at once; 0 means one for each core. Default: 8 for fetch, 0 for the others.</summary>
    [Range(0, 1024)]
    public int DegreeOfParallelism { get; set; }

    /// <summary>Items the stage holds: waiting, in progress, or finished and not yet taken. At least the degree of
    /// parallelism; with one worker a core, at least two for each core are held. Default: 32 for fetch, 16 for the
    /// others.</summary>
    [Range(1, 65_536)]
    public int BoundedCapacity { get; set; }

    internal int Workers => DegreeOfParallelism > 0 ? DegreeOfParallelism : Environment.ProcessorCount;

    internal int Capacity => DegreeOfParallelism > 0 ? BoundedCapacity : Math.Max(BoundedCapacity, 2 * Workers);
}
