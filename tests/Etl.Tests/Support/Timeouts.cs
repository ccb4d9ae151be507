namespace Etl.Tests.Support;

internal static class Timeouts
{
    /// <summary>How long a run may take before it counts as hung; far longer than any run here.</summary>
    public static TimeSpan TestTimeout { get; } = TimeSpan.FromSeconds(60);
}
