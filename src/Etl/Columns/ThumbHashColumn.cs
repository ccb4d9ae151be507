using System.Buffers.Text;
using PaletteEtl.Palettes;

namespace PaletteEtl.Columns;

/// <summary>Column of the ThumbHash in Base64.</summary>
internal sealed class ThumbHashColumn : ICoverColumn
{
    public string Fingerprint => "thumbhash/1";

    public string Kind => "ThumbHashes";

    public Needs Needs => new(Counts: false, Sums: false, MayBeScaled: true) { Raster = true };

    public object ValueOf(CoverFacts cover) => Convert.ToBase64String(ThumbHash.Of(cover.Raster));

    public bool IsValue(object stored) => stored is string text && Base64.IsValid(text, out int bytes) && bytes is >= 5 and <= 40;
}
