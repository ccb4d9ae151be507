namespace Etl.Host.Configuration;

/// <summary>What a check of the environment found out.</summary>
/// <param name="Subject">What was looked at, in a word.</param>
/// <param name="IsFine">Whether a run can use it.</param>
/// <param name="Text">What is fine, or what is wrong and how to mend it.</param>
internal sealed record Finding(string Subject, bool IsFine, string Text)
{
    /// <summary>Whether a run goes without it when it is not fine.</summary>
    public bool IsOptional { get; init; }
}
