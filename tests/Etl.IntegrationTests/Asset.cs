namespace Etl.IntegrationTests;

/// <summary>The project's own images: one drawing in every form.</summary>
internal static class Asset
{
    public static string PathOf(string file) => Path.Combine(AppContext.BaseDirectory, "Assets", file);

    public static byte[] Bytes(string file) => File.ReadAllBytes(PathOf(file));
}
