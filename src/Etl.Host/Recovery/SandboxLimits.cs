namespace Etl.Host.Recovery;

/// <summary>The limits of a sandbox's process for one cover.</summary>
/// <param name="Time">Maximum time from the cover's arrival to the answer.</param>
/// <param name="Memory">Maximum working set, in bytes.</param>
internal readonly record struct SandboxLimits(TimeSpan Time, long Memory)
{
    // The process itself, and the time to notice its own limits first.
    private const long OwnMemory = 256L << 20;
    private static readonly TimeSpan OwnTime = TimeSpan.FromSeconds(2);

    public static SandboxLimits Of(EtlOptions options) =>
        new(options.Decode.Timeout + OwnTime, options.Decode.MemoryBudgetBytes + options.Fetch.MaxCoverBytes + OwnMemory);
}
