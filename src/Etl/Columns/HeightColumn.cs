namespace PaletteEtl.Columns;

/// <summary>Column of the cover's height in pixels.</summary>
internal sealed class HeightColumn : ICoverColumn
{
    public string Fingerprint => "height/1";

    public string Kind => "pixel heights";

    public object ValueOf(CoverFacts cover) => (long)cover.Decoding.Height;

    public bool IsValue(object stored) => stored is > 0L;
}
