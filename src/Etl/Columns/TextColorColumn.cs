namespace PaletteEtl.Columns;

/// <summary>Column of the colour of text on the dominant colour.</summary>
internal sealed class TextColorColumn(ColorFormat format) : ICoverColumn
{
    public string Fingerprint => $"textcolor/1:{format}";

    public string Kind => "colours";

    public object ValueOf(CoverFacts cover) => ColorText.Write(Contrast.TextOn(cover.Dominant), format);

    public bool IsValue(object stored) => ColorText.IsColor(stored);
}
