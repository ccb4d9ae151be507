namespace Etl.Host.Report;

/// <summary>The dead letters of a reason.</summary>
/// <param name="Reason">The reason.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Examples">The first few.</param>
internal sealed record FailureGroup(string Reason, long Count, IReadOnlyList<FailureGroup.Example> Examples)
{
    internal sealed record Example(string Id, string Message);
}
