namespace PaletteEtl.Catalogue.Sqlite;

/// <summary>Names of tables and columns as SQLite compares them: A to Z without regard to case, all else to the letter.</summary>
internal static class SqliteName
{
    public static bool IsSame(string one, string other) =>
        one.Length == other.Length && one.Zip(other).All(static pair => Folded(pair.First) == Folded(pair.Second));

    private static char Folded(char letter) => char.IsAsciiLetterUpper(letter) ? char.ToLowerInvariant(letter) : letter;
}
