namespace Etl.IntegrationTests.Hostile;

/// <summary>The outcome of a cover: a palette or a dead letter.</summary>
/// <param name="Palette">The palette as text.</param>
/// <param name="Reason">The dead letter's reason.</param>
/// <param name="Message">The dead letter's message.</param>
internal sealed record CoverOutcome(string? Palette, string? Reason, string? Message)
{
    /// <summary>The reason, or <c>palette</c>.</summary>
    public string Kind => Reason ?? "palette";
}
