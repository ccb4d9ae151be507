using System.Globalization;

namespace PaletteEtl.Model;

/// <summary>A movie's id as the catalogue stores it: an integer, a text, or something that names no cover.</summary>
/// <param name="Stored">A <see cref="long"/>, a <see cref="string"/>, a <see cref="double"/>, a byte array, or null for NULL.</param>
internal readonly record struct MovieId(object? Stored)
{
    /// <summary>The id as text; null when it is neither an integer nor a text, or empty.</summary>
    public string? Text => Stored switch
    {
        long number => number.ToString(CultureInfo.InvariantCulture),
        string { Length: > 0 } text => text,
        _ => null,
    };

    /// <summary>The id for a person to read; null for NULL.</summary>
    public string? Shown => Stored is null ? null : ToString();

    /// <summary>Whether two ids have the same type and the same bytes.</summary>
    public bool Equals(MovieId other) => Stored is byte[] bytes && other.Stored is byte[] others
        ? bytes.AsSpan().SequenceEqual(others)
        : Equals(Stored, other.Stored);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        if (Stored is not byte[] bytes)
        {
            return Stored?.GetHashCode() ?? 0;
        }

        var hash = new HashCode();
        hash.AddBytes(bytes);
        return hash.ToHashCode();
    }

    /// <summary>The id for a person to read.</summary>
    public override string ToString() => Stored switch
    {
        null => "NULL",
        byte[] bytes => $"x'{Convert.ToHexString(bytes)}'",
        double number => number.ToString(CultureInfo.InvariantCulture),
        _ => Text ?? "''",
    };
}
