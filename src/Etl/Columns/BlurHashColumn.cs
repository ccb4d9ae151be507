using PaletteEtl.Palettes;

namespace PaletteEtl.Columns;

/// <summary>Column of the BlurHash: four components along the longer side, three along the other.</summary>
internal sealed class BlurHashColumn : ICoverColumn
{
    private const int Longer = 4, Shorter = 3;
    private const int Characters = 4 + (2 * Longer * Shorter);

    public string Fingerprint => "blurhash/1";

    public string Kind => "BlurHashes";

    public Needs Needs => new(Counts: false, Sums: false, MayBeScaled: true) { Raster = true };

    public object ValueOf(CoverFacts cover) => cover.Raster.Height > cover.Raster.Width
        ? BlurHash.Of(cover.Raster, Shorter, Longer)
        : BlurHash.Of(cover.Raster, Longer, Shorter);

    public bool IsValue(object stored) => stored is string { Length: Characters } text && text.All(BlurHash.IsDigit);
}
