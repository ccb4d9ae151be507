using System.Runtime.Intrinsics;
using PaletteEtl.Palettes;

namespace PaletteEtl.Columns;

/// <summary>Column of the colour that stands out.</summary>
/// <remarks>The range of 50 degrees of hue with the highest product of its mean chroma and the root of its share of the pixels; ranges of
/// less than <see cref="LeastShare"/> count only if there is no other. Pixels that are nearly grey, or of the colour of a frame, do not
/// count. The colour is the mean of the range, in which a pixel weighs the square of its chroma. A cover without such pixels has the
/// colour of its palette with the highest chroma.</remarks>
internal sealed class AccentColumn(ColorFormat format) : ICoverColumn
{
    private const float LeastChroma = 0.06f;
    private const double LeastShare = 0.005;
    private const int Reach = 2;

    public string Fingerprint => $"accent/1:{format}";

    public string Kind => "colours";

    public Needs Needs => new(Counts: false, Sums: false, MayBeScaled: true) { Raster = true };

    public object ValueOf(CoverFacts cover) => ColorText.Write(ColorOf(cover), format);

    public bool IsValue(object stored) => ColorText.IsColor(stored);

    /// <summary>The colour of a cover.</summary>
    public static Rgb ColorOf(CoverFacts cover)
    {
        Span<Vector256<double>> sums = stackalloc Vector256<double>[HueSums.Room];
        sums.Clear();
        var hues = new HueSums(sums);
        FrameColor? frame = FrameColor.Of(cover.Raster);
        ReadOnlySpan<ushort> bins = cover.Bins.Bins;
        ReadOnlySpan<long> counts = cover.Bins.Counts;
        ReadOnlySpan<float> chromas = BinColors.Chroma;
        ReadOnlySpan<byte> sectors = BinColors.Sector;
        for (int i = 0; i < bins.Length; i++)
        {
            int bin = bins[i];
            float chroma = chromas[bin];
            if (chroma >= LeastChroma && frame?.Has(bin) != true)
            {
                hues.Add(bin, sectors[bin], chroma, counts[i], chroma * chroma);
            }
        }

        double least = LeastShare * cover.Bins.Total;
        return hues.Best(Reach, (count, chroma) => chroma * Math.Sqrt(count) * (count < least ? 0.001 : 1)) is { } range
            ? range.Color
            : cover.Palette.DefaultIfEmpty().MaxBy(static color => Oklch.Of(color).Chroma);
    }
}
