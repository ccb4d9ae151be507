namespace PaletteEtl.Pipeline;

/// <summary>A run ended because it had as many dead letters as <c>Etl:MaxDeadLetters</c> allows.</summary>
public sealed class DeadLetterLimitException : Exception
{
    internal DeadLetterLimitException(long deadLetters, long read)
        : base($"Too many dead letters: {deadLetters} of {read} movies failed, which reaches Etl:MaxDeadLetters. "
            + "Run 'etl dead-letters' to list them.")
    {
    }
}
