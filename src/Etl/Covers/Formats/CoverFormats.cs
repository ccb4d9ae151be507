namespace PaletteEtl.Covers.Formats;

/// <summary>What the formats are called.</summary>
internal static class CoverFormats
{
    public static string Name(this CoverFormat format) =>
        format == CoverFormat.WebP ? "WebP" : format.ToString().ToUpperInvariant();
}
