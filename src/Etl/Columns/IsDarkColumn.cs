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
        ReadOnlySpan<ushort> bins = pixels.Bins;
        ReadOnlySpan<long> counts = pixels.Counts;
        for (int i = 0; i < bins.Length; i++)
        {
            sum += counts[i] * (double)luminance[bins[i]];
        }

        return pixels.Total == 0 ? 0 : sum / pixels.Total;
    }
}
