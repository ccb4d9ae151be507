namespace PaletteEtl.Columns;

/// <summary>Column of the cover's width in pixels.</summary>
internal sealed class WidthColumn : ICoverColumn
{
    public string Fingerprint => "width/1";

    public string Kind => "pixel widths";

    public object ValueOf(CoverFacts cover) => (long)cover.Decoding.Width;

    public bool IsValue(object stored) => stored is > 0L;
}
