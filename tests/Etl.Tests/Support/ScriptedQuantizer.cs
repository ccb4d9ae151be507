using PaletteEtl.Palettes;

namespace Etl.Tests.Support;

/// <summary>Turns the histograms of <see cref="ScriptedDecoder"/> into the palettes of <see cref="Movies"/>.</summary>
internal sealed class ScriptedQuantizer(Action<int> script) : IQuantizer
{
    public Needs Needs => new(Counts: true, Sums: false, MayBeScaled: false);

    public bool HasPopulation => false;

    public Palette Quantize(ColorHistogram histogram)
    {
        script(histogram.White);
        return Movies.PaletteOf(histogram.White);
    }
}
