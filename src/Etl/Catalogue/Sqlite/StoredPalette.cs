using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using PaletteEtl.Palettes;
using SQLitePCL;

namespace PaletteEtl.Catalogue.Sqlite;

/// <summary>Reads palettes of the catalogue, whose columns may contain anything.</summary>
internal static class StoredPalette
{
    private const int MaxOnStack = 512;

    /// <summary>Reads a column of the current row without a copy; false when it is not a palette.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool TryRead(SqliteDataReader row, int column, out Palette palette)
    {
        if (PaletteJson.TryRead(raw.sqlite3_column_blob(row.Handle, column), out palette))
        {
            return true;
        }

        // In a UTF-16 database the blob is not UTF-8 yet; reading it as text converts it.
        raw.sqlite3_column_text(row.Handle, column);
        return PaletteJson.TryRead(raw.sqlite3_column_blob(row.Handle, column), out palette);
    }

    /// <summary>Whether a column of the row at hand is a list of colours: of any number, with channels up to 256, as ColorThief has them.</summary>
    public static bool IsColors(SqliteDataReader row, int column) => IsList(row, column, IsColor);

    /// <summary>Whether a column of the row at hand is a list of at least one colour.</summary>
    public static bool IsPalette(SqliteDataReader row, int column) => IsColors(row, column) && !IsEmptyList(row, column);

    /// <summary>The hash of a palette as it is stored: 47 bits, for which SQLite needs six bytes.</summary>
    public static long HashOf(string palette)
    {
        int length = Encoding.UTF8.GetByteCount(palette);
        Span<byte> utf8 = length <= MaxOnStack ? stackalloc byte[MaxOnStack] : new byte[length];
        return HashOf(utf8[..Encoding.UTF8.GetBytes(palette, utf8)]);
    }

    /// <summary>Whether a column of the row at hand has a hash. Without the fallback of a UTF-16 database, this is two calls of SQLite.</summary>
    public static bool HasHash(SqliteDataReader row, int column, long hash) =>
        HashOf(raw.sqlite3_column_blob(row.Handle, column)) == hash || HashOf(row, column) == hash;

    /// <summary>The hash of a column of the row at hand.</summary>
    public static long HashOf(SqliteDataReader row, int column)
    {
        raw.sqlite3_column_text(row.Handle, column); // a UTF-16 database converts it
        return HashOf(raw.sqlite3_column_blob(row.Handle, column));
    }

    private static long HashOf(ReadOnlySpan<byte> palette) => unchecked((long)(ulong)ContentHash.Of(palette)) & (long.MaxValue >> 16);

    private static bool IsEmptyList(SqliteDataReader row, int column) =>
        IsList(row, column, static (ref Utf8JsonReader _) => false);

    private static bool IsList(SqliteDataReader row, int column, ElementReader isElement)
    {
        if (IsList(raw.sqlite3_column_blob(row.Handle, column), isElement))
        {
            return true;
        }

        raw.sqlite3_column_text(row.Handle, column);
        return IsList(raw.sqlite3_column_blob(row.Handle, column), isElement);
    }

    private static bool IsList(ReadOnlySpan<byte> json, ElementReader isElement)
    {
        var reader = new Utf8JsonReader(json);
        try
        {
            bool isList = reader.Read() && reader.TokenType == JsonTokenType.StartArray;
            while (isList && reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                isList = isElement(ref reader);
            }

            return isList && !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool IsColor(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.StartArray
        && IsChannel(ref reader) && IsChannel(ref reader) && IsChannel(ref reader)
        && reader.Read() && reader.TokenType == JsonTokenType.EndArray;

    private static bool IsChannel(ref Utf8JsonReader reader) =>
        reader.Read() && reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out int channel) && channel is >= 0 and <= 256;

    private delegate bool ElementReader(ref Utf8JsonReader reader);
}
