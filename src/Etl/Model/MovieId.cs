using System.Globalization;
using System.Text.Unicode;
using Microsoft.Data.Sqlite;

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

    /// <summary>The id in a column of the row at hand; as bytes when it is a text that is not valid UTF-8.</summary>
    public static MovieId Read(SqliteDataReader row, int column) => row.GetValue(column) switch
    {
        DBNull => new(null),
        string text when !IsDecoded(text, row, column) => new(row.GetFieldValue<byte[]>(column)),
        var id => new(id),
    };

    /// <summary>Whether a text is what the column holds. In place of bytes that are not UTF-8, decoding puts a character
    /// that may also be there by right.</summary>
    public static bool IsDecoded(string text, SqliteDataReader row, int column) =>
        !text.Contains('\uFFFD', StringComparison.Ordinal) || Utf8.IsValid(row.GetFieldValue<byte[]>(column));

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
