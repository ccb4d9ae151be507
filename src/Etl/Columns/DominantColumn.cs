namespace PaletteEtl.Columns;

/// <summary>Column of the colour of the palette that most pixels have.</summary>
internal sealed class DominantColumn(ColorFormat format) : ICoverColumn
{
    public string Fingerprint => $"dominant/1:{format}";

    public string Kind => "colours";

    public object ValueOf(CoverFacts cover) => ColorText.Write(cover.Dominant, format);

    public bool IsValue(object stored) => ColorText.IsColor(stored);
}
