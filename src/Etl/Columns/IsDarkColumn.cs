namespace PaletteEtl.Columns;

/// <summary>Column of whether white text has a higher contrast than black on the cover's mean luminance: 1 or 0.</summary>
internal sealed class IsDarkColumn : ICoverColumn
{
    public string Fingerprint => "isdark/1";

    public string Kind => "zeros and ones";

    public object ValueOf(CoverFacts cover) => Contrast.IsDark(MeanLuminance(cover.Bins)) ? 1L : 0L;

    public bool IsValue(object stored) => stored is 0L or 1L;

    private static double MeanLuminance(ColorBins pixels)
    {
        double sum = 0;
        ReadOnlySpan<float> luminance = BinColors.Luminance;
        for (int i = 0; i < pixels.Bins.Length; i++)
        {
            sum += pixels.Counts[i] * (double)luminance[pixels.Bins[i]];
        }

        return pixels.Total == 0 ? 0 : sum / pixels.Total;
    }
}
