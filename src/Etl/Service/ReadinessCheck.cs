namespace PaletteEtl.Service;

/// <summary>A check of readiness.</summary>
/// <param name="Name">The check: <c>database</c>, <c>covers</c> or <c>broker</c>.</param>
/// <param name="Problem">Why it fails, in a sentence; null when it passes.</param>
internal readonly record struct ReadinessCheck(string Name, string? Problem)
{
    public const string Database = "database", Covers = "covers", Broker = "broker";
}
