namespace Etl.Host.Commands;

/// <summary>What <c>etl status --json</c> prints.</summary>
internal sealed record StatusJson(
    string Database,
    string Table,
    long Movies,
    long Missing,
    long Done,
    long DeadLetters,
    IReadOnlyDictionary<string, long> DeadLettersByReason,
    long Damaged);
