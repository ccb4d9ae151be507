namespace Etl.Tests.Support;

internal static class Timeouts
{
    /// <summary>The time after which a run counts as hung: far longer than any run here, on a busy machine too.</summary>
    public static TimeSpan TestTimeout { get; } = TimeSpan.FromMinutes(3);
}
