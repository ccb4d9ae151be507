namespace PaletteEtl.Columns;

/// <summary>Column of the cover's format, such as <c>jpeg</c>.</summary>
internal sealed class FormatColumn : ICoverColumn
{
    private static readonly string[] Names = ["jpeg", "png", "webp", "gif", "bmp", "avif"];

    public string Fingerprint => "format/1";

    public string Kind => "formats";

    public object ValueOf(CoverFacts cover) => cover.Decoding.Format.ToLowerInvariant();

    public bool IsValue(object stored) => stored is string text && Names.Contains(text);
}
