using System.Globalization;
using System.Text;

namespace PaletteEtl.Covers.Files;

/// <summary>Finds the file that a person takes for a cover: with another extension, or with its accents in another Unicode form.</summary>
/// <param name="folder">The folder of the covers.</param>
internal sealed class NearNames(string folder)
{
    /// <summary>Maximum number of names with other than ASCII characters that are remembered.</summary>
    private const int MaxNames = 10_000;

    private const char Accented = '?';

    private readonly Lazy<Dictionary<string, string>> _accented = new(() => ReadAccented(folder));

    /// <summary>A file that exists; null if there is none.</summary>
    /// <param name="path">The path of the cover that does not exist.</param>
    public string? Find(string path)
    {
        string stem = Path.Combine(Path.GetDirectoryName(path)!, Path.GetFileNameWithoutExtension(path));
        return CoverExtensions.Find(stem)
            ?? (Ascii.IsValid(path) ? null : _accented.Value.GetValueOrDefault(FormOf(stem)));
    }

    /// <summary>The files of the folder that have accents in their names, by the form of their paths without the extension.</summary>
    private static Dictionary<string, string> ReadAccented(string folder)
    {
        var accented = new Dictionary<string, string>(StringComparer.Ordinal);
        if (Directory.Exists(folder))
        {
            foreach (string file in Directory.EnumerateFiles(folder, "*", new EnumerationOptions())
                .Where(static file => !Ascii.IsValid(Path.GetFileName(file))).Take(MaxNames))
            {
                accented.TryAdd(FormOf(Path.Combine(folder, Path.GetFileNameWithoutExtension(file))), file);
            }
        }

        return accented;
    }

    /// <summary>A path with one sign for each run of characters that composed and decomposed text write differently. The tables of
    /// Unicode, which could tell the characters apart, are not part of the program.</summary>
    private static string FormOf(string path)
    {
        var form = new StringBuilder(path.Length);
        for (int i = 0; i < path.Length; i++)
        {
            bool isAccented = !char.IsAscii(path[i])
                || (i + 1 < path.Length && CharUnicodeInfo.GetUnicodeCategory(path[i + 1]) == UnicodeCategory.NonSpacingMark);
            if (!isAccented)
            {
                form.Append(path[i]);
            }
            else if (form.Length == 0 || form[^1] != Accented)
            {
                form.Append(Accented);
            }
        }

        return form.ToString();
    }
}
