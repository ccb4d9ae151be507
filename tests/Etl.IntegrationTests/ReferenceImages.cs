using System.Text.Json;

namespace Etl.IntegrationTests;

/// <summary>One image of the reference, and what colorthief makes of it.</summary>
/// <param name="File">Its name.</param>
/// <param name="Path">Where it is.</param>
/// <param name="Palette">The palette as text; null when the reference raises an error.</param>
internal sealed record ReferenceImage(string File, string Path, string? Palette);

/// <summary>The images that lie beside the repository; other people's work, and so no part of it.</summary>
internal static class ReferenceImages
{
    public const string Absent = "The reference images are not here: there is no folder shared/images beside the repository.";

    public const string NoCases = "The cases are not here: there is no folder shared/cases beside the repository.";

    /// <summary>The folder of the images; null when there is none.</summary>
    public static string? Folder { get; } = Find("images");

    /// <summary>The folder of small files that stand for reported faults; null when there is none.</summary>
    public static string? Cases { get; } = Find("cases");

    /// <summary>The images of one of its folders.</summary>
    public static IEnumerable<ReferenceImage> In(string folder) => Of(Path.Combine(Folder!, folder));

    /// <summary>The reported file of a name.</summary>
    public static ReferenceImage Case(string file) => Of(Cases!).Single(image => image.File == file);

    private static IEnumerable<ReferenceImage> Of(string path)
    {
        foreach (string line in File.ReadLines(Path.Combine(path, "reference.jsonl")))
        {
            using var reference = JsonDocument.Parse(line);
            string file = reference.RootElement.GetProperty("file").GetString()!;
            JsonElement palette = reference.RootElement.GetProperty("palette");
            yield return new ReferenceImage(
                file, Path.Combine(path, file), palette.ValueKind == JsonValueKind.Null ? null : palette.GetRawText());
        }
    }

    private static string? Find(string name)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Etl.sln")))
            {
                string shared = Path.Combine(folder.FullName, "..", "shared", name);
                return Directory.Exists(shared) ? Path.GetFullPath(shared) : null;
            }
        }

        return null;
    }
}
