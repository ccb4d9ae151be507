using System.ComponentModel.DataAnnotations;

namespace PaletteEtl.Model;

/// <summary>Parallelism and capacity of a stage.</summary>
public abstract class StageOptions
{
    private protected StageOptions(int degreeOfParallelism, int boundedCapacity) =>
        (DegreeOfParallelism, BoundedCapacity) = (degreeOfParallelism, boundedCapacity);

    /// <summary>Maximum number of items that the stage processes at the same time; 0 uses one for each core. Range: 0 to
    /// 1,024. Default: 8 for Fetch, 0 for Decode and Quantize.</summary>
    [Range(0, 1024)]
    public int DegreeOfParallelism { get; set; }

    /// <summary>Maximum number of items in the stage: waiting, in progress, or finished and not yet taken by the next stage.
    /// At least <see cref="DegreeOfParallelism"/>; if that is 0, the stage has room for at least two items for each core.
    /// Range: 1 to 65,536. Default: 32 for Fetch, 16 for Decode and Quantize.</summary>
    [Range(1, 65_536)]
    public int BoundedCapacity { get; set; }

    /// <summary>The degree of parallelism on this machine.</summary>
    internal int Parallelism => DegreeOfParallelism > 0 ? DegreeOfParallelism : Environment.ProcessorCount;

    internal virtual int Capacity => DegreeOfParallelism > 0 ? BoundedCapacity : Math.Max(BoundedCapacity, 2 * Parallelism);
}
