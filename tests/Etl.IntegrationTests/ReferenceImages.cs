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

    /// <summary>The folder of the images; null when there is none.</summary>
    public static string? Folder { get; } = Find();

    /// <summary>The images of one of its folders.</summary>
    public static IEnumerable<ReferenceImage> In(string folder)
    {
        string path = Path.Combine(Folder!, folder);
        foreach (string line in File.ReadLines(Path.Combine(path, "reference.jsonl")))
        {
            using var reference = JsonDocument.Parse(line);
            string file = reference.RootElement.GetProperty("file").GetString()!;
            JsonElement palette = reference.RootElement.GetProperty("palette");
            yield return new ReferenceImage(
                file, Path.Combine(path, file), palette.ValueKind == JsonValueKind.Null ? null : palette.GetRawText());
        }
    }

    private static string? Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Etl.sln")))
            {
                string images = Path.Combine(folder.FullName, "..", "shared", "images");
                return Directory.Exists(images) ? Path.GetFullPath(images) : null;
            }
        }

        return null;
    }
}
