using System.Globalization;

namespace PaletteEtl.Pipeline;

/// <summary>How many dead letters end a run whose input is plainly broken: a count, or a share of the movies read.</summary>
internal readonly record struct DeadLetterLimit(long? Count, double? Share)
{
    /// <summary>Movies read before a share means anything.</summary>
    public const int ShareFrom = 200;

    /// <summary>Reads <c>100</c> or <c>5%</c>; the options' validator has checked that it is one of these.</summary>
    public static DeadLetterLimit Parse(string? text) => text switch
    {
        null or "" => default,
        [.. var percent, '%'] => new(null, double.Parse(percent, NumberStyles.Float, CultureInfo.InvariantCulture) / 100),
        _ => new(long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture), null),
    };

    /// <exception cref="DeadLetterLimitException">The limit is reached.</exception>
    public void ThrowIfReached(BatchResult totals, long read)
    {
        if (totals.DeadLetters >= Count
            || (read >= ShareFrom && totals.DeadLetters >= Share * read))
        {
            throw new DeadLetterLimitException(totals.DeadLetters, read);
        }
    }
}
