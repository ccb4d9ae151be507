namespace Etl.Pipeline;

/// <summary>A run ended because it had as many dead letters as <c>Etl:MaxDeadLetters</c> allows.</summary>
public sealed class DeadLetterLimitException : Exception
{
    internal DeadLetterLimitException(long deadLetters, long read)
        : base($"{deadLetters} of {read} movies read became dead letters, which Etl:MaxDeadLetters does not allow. "
            + "See what they have in common with 'etl dead-letters'.")
    {
    }
}
