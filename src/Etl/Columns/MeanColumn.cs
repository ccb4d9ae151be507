using PaletteEtl.Palettes;

namespace PaletteEtl.Columns;

/// <summary>Column of the mean colour of all pixels in OKLab.</summary>
internal sealed class MeanColumn(ColorFormat format) : ICoverColumn
{
    public string Fingerprint => $"mean/1:{format}";

    public string Kind => "colours";

    public object ValueOf(CoverFacts cover) => ColorText.Write(MeanOf(cover.Bins), format);

    public bool IsValue(object stored) => ColorText.IsColor(stored);

    private static Rgb MeanOf(ColorBins pixels)
    {
        (double l, double a, double b) = (0, 0, 0);
        for (int i = 0; i < pixels.Bins.Length; i++)
        {
            int bin = pixels.Bins[i];
            l += pixels.Counts[i] * (double)BinColors.L[bin];
            a += pixels.Counts[i] * (double)BinColors.A[bin];
            b += pixels.Counts[i] * (double)BinColors.B[bin];
        }

        return pixels.Total == 0 ? default : Oklab.ToRgb(l / pixels.Total, a / pixels.Total, b / pixels.Total);
    }
}
