namespace PaletteEtl.Covers;

/// <summary>The extensions that files of the supported formats have.</summary>
internal static class CoverExtensions
{
    private static readonly string[] Lower = [".jpg", ".jpeg", ".png", ".webp", ".avif", ".gif", ".bmp"];

    /// <summary>The extensions in the order in which files are looked for.</summary>
    public static IReadOnlyList<string> All { get; } =
        [.. Lower, .. Lower.Select(static extension => extension.ToUpperInvariant())];

    /// <summary>The regular expression of an extension.</summary>
    public static string Pattern { get; } = $"""(?i:\.(?:{string.Join('|', Lower.Select(static extension => extension[1..]))}))""";

    /// <summary>The first file that exists; null if there is none.</summary>
    /// <param name="stem">The path of the file without its extension.</param>
    public static string? Find(string stem)
    {
        foreach (string extension in All)
        {
            if (File.Exists(stem + extension))
            {
                return stem + extension;
            }
        }

        return null;
    }
}
