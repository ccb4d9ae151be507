namespace Etl.Host.Configuration;

/// <summary>The result of one check of the environment.</summary>
/// <param name="Subject">The subject of the check in one word.</param>
/// <param name="IsFine">Whether a run can use the subject.</param>
/// <param name="Text">The state of the subject, or the problem and its fix.</param>
internal sealed record Finding(string Subject, bool IsFine, string Text)
{
    /// <summary>Whether a run works without the subject.</summary>
    public bool IsOptional { get; init; }
}
