using System.Runtime.Intrinsics;
using System.Text.Json;
using PaletteEtl.Palettes;

namespace PaletteEtl.Columns;

/// <summary>Column of six named colours with the text colour of each, after those of Android's Palette library: vivid or muted; dark, of
/// medium lightness, or light.</summary>
/// <remarks>Each is the mean of the range of 30 degrees of hue that has most pixels times chroma among the pixels of its kind; a kind with
/// less than <see cref="LeastShare"/> of the pixels is null.</remarks>
internal sealed class SwatchesColumn(ColorFormat format) : ICoverColumn
{
    private const double LeastShare = 0.001;
    private const int Reach = 1;
    private const float Grey = 0.015f;
    private const float Dark = 0.45f, Light = 0.72f;

    private static readonly string[] Names = ["vibrant", "lightVibrant", "darkVibrant", "muted", "lightMuted", "darkMuted"];

    public string Fingerprint => $"swatches/1:{format}";

    public string Kind => "swatches";

    public object ValueOf(CoverFacts cover)
    {
        HueRange?[] swatches = Find(cover.Bins);
        return $"{{{string.Join(", ", Names.Select((name, i) => $"\"{name}\": {Json(swatches[i]?.Color)}"))}}}";
    }

    public bool IsValue(object stored)
    {
        try
        {
            using var json = JsonDocument.Parse(stored as string ?? "");
            return json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.EnumerateObject().Select(static property => property.Name).SequenceEqual(Names);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>The swatches in the order of their names.</summary>
    public static HueRange?[] Find(ColorBins pixels)
    {
        Span<Vector256<double>> sums = stackalloc Vector256<double>[Names.Length * HueSums.Room];
        sums.Clear();
        ReadOnlySpan<ushort> bins = pixels.Bins;
        ReadOnlySpan<long> counts = pixels.Counts;
        ReadOnlySpan<float> chromas = BinColors.Chroma, lightness = BinColors.L;
        ReadOnlySpan<byte> sectors = BinColors.Sector;
        for (int i = 0; i < bins.Length; i++)
        {
            int bin = bins[i];
            float chroma = chromas[bin];
            if (chroma >= Grey)
            {
                SumsOf(sums, KindOf(lightness[bin], chroma)).Add(bin, sectors[bin], chroma, counts[i], chroma);
            }
        }

        var swatches = new HueRange?[Names.Length];
        for (int kind = 0; kind < swatches.Length; kind++)
        {
            HueRange? best = SumsOf(sums, kind).Best(Reach, static (count, chroma) => count * chroma);
            swatches[kind] = best?.Pixels >= LeastShare * pixels.Total ? best : null;
        }

        return swatches;
    }

    private static HueSums SumsOf(Span<Vector256<double>> sums, int kind) => new(sums.Slice(kind * HueSums.Room, HueSums.Room));

    /// <summary>The place of a kind. Dark and light colours of sRGB are less vivid than others.</summary>
    private static int KindOf(float lightness, float chroma) => lightness switch
    {
        < Dark => chroma >= 0.06f ? 2 : 5,
        > Light => chroma >= 0.08f ? 1 : 4,
        _ => chroma >= 0.1f ? 0 : 3,
    };

    private string Json(Rgb? color) => color is { } known
        ? $"{{\"color\": {JsonColor(known)}, \"text\": {JsonColor(Contrast.TextOn(known))}}}"
        : "null";

    private string JsonColor(Rgb color) => format == ColorFormat.Json ? ColorText.Write(color, format) : $"\"{ColorText.Write(color, format)}\"";
}
