using System.Globalization;

namespace PaletteEtl.Model;

/// <summary>A movie's id as the catalogue stores it: an integer, a text, or something that names no cover.</summary>
/// <remarks>An id counts with its type: the integer 5 and the text 5 are two ids, although both name the cover <c>5</c>.</remarks>
public readonly record struct MovieId
{
    /// <summary>An id of any type.</summary>
    /// <param name="stored">A <see cref="long"/>, a <see cref="string"/>, a <see cref="double"/>, a byte array, or null for NULL.</param>
    /// <exception cref="ArgumentException">The value is of another type.</exception>
    public MovieId(object? stored) => Stored = stored is null or long or string or double or byte[]? stored
        : throw new ArgumentException($"An id is a long, a string, a double, a byte array or null, not a {stored.GetType()}.", nameof(stored));

    /// <summary>An integer id.</summary>
    public MovieId(long number) => Stored = number;

    /// <summary>The id as it is stored: a <see cref="long"/>, a <see cref="string"/>, a <see cref="double"/>, a byte array, or null for
    /// NULL.</summary>
    public object? Stored { get; }

    /// <summary>The id as text; null when it is neither a whole number nor a text, or empty. A whole number that is stored as a real one, as
    /// pandas does for a column with gaps, is the text of the integer.</summary>
    public string? Text => Stored switch
    {
        long number => number.ToString(CultureInfo.InvariantCulture),
        double number when IsWhole(number) => ((long)number).ToString(CultureInfo.InvariantCulture),
        string { Length: > 0 } text => text,
        _ => null,
    };

    /// <summary>The id for a person to read; null for NULL.</summary>
    public string? Shown => Stored is null ? null : ToString();

    /// <summary>Whether a real number stands for one integer; beyond 2^53 it stands for several.</summary>
    private static bool IsWhole(double number) => number == Math.Truncate(number) && Math.Abs(number) <= 1L << 53;

    /// <summary>Whether two ids have the same type and the same bytes.</summary>
    public bool Equals(MovieId other) => StoredValue.AreEqual(Stored, other.Stored);

    /// <inheritdoc/>
    public override int GetHashCode() => StoredValue.HashCodeOf(Stored);

    /// <summary>The id for a person to read.</summary>
    public override string ToString() => Stored switch
    {
        null => "NULL",
        byte[] bytes => $"x'{Convert.ToHexString(bytes)}'",
        double number => number.ToString(CultureInfo.InvariantCulture),
        _ => Text ?? "''",
    };
}
