using System.Globalization;
using PaletteEtl.Palettes;

namespace PaletteEtl.Columns;

/// <summary>Column of the perceptual hash, 16 hexadecimal digits.</summary>
internal sealed class PHashColumn : ICoverColumn
{
    private const int Digits = 16;

    public string Fingerprint => "phash/1";

    public string Kind => "hashes";

    public Needs Needs => new(Counts: false, Sums: false, MayBeScaled: true) { Raster = true };

    public object ValueOf(CoverFacts cover) =>
        PerceptualHash.OfFrequencies(GreyRaster.Of(cover.Raster, PerceptualHash.Side, PerceptualHash.Side)).ToString("x16", CultureInfo.InvariantCulture);

    public bool IsValue(object stored) => stored is string { Length: Digits } text && text.All(char.IsAsciiHexDigitLower);
}
