using System.Globalization;
using PaletteEtl.Palettes;

namespace PaletteEtl.Covers;

/// <summary>Which of a cover's pixels are counted.</summary>
/// <param name="Step">Maximum distance between two counted pixels.</param>
/// <param name="IsScaled">Whether a cover may be decoded smaller than it is.</param>
/// <param name="TrimFrame">Whether the cells of a frame of one colour are left out.</param>
/// <param name="IsManaged">Whether colours are converted from the profile of the cover to sRGB.</param>
internal readonly record struct Sampling(int Step, bool IsScaled, bool TrimFrame, bool IsManaged)
{
    /// <summary>Pixels of a scaled cover that are enough to count, where every n-th is counted.</summary>
    private const int EnoughPixels = 12_000;

    private const int Eighths = 8;

    /// <summary>Minimum number of cells, unless the cover has fewer pixels. Four times as many improve the palette error by 0.05.</summary>
    private const int EnoughCells = 6_250;

    public static Sampling Of(DecodeOptions options, Needs needs)
    {
        DecodeScale scale = options.Scale ?? (needs.MayBeScaled ? DecodeScale.Auto : DecodeScale.Full);
        return new Sampling(options.SampleStep, scale == DecodeScale.Auto, options.TrimFrame, IsManaged: needs is { Sums: true, Counts: false });
    }

    /// <summary>The options that decide which pixels are counted, in one line.</summary>
    public static string Fingerprint(DecodeOptions options, Needs needs)
    {
        var sampling = Of(options, needs);
        string scale = !sampling.IsScaled ? "full" : options.DcReader ? "auto,dc" : "auto";
        string pixels = needs.Counts
            ? string.Create(CultureInfo.InvariantCulture, $"step={sampling.Step}")
            : $"cells={EnoughCells}{(sampling.TrimFrame ? " trim" : "")}";
        return $"{pixels} scale={scale}";
    }

    /// <summary>Pixels of a side of a cell: 1, 2, 4 or a multiple of 8, the largest that leaves enough cells.</summary>
    public static int CellSide(int width, int height)
    {
        double side = Math.Sqrt((double)width * height / EnoughCells);
        return side < Eighths
            ? side < 2 ? 1 : side < 4 ? 2 : 4
            : Math.Min((int)(side / Eighths) * Eighths, CellPicture.MaxSide / Eighths * Eighths);
    }

    /// <summary>The denominator of the scale to decode a picture at: 1, 2, 4 or 8.</summary>
    public int ScaleDenominator(int width, int height) => IsScaled ? Math.Min(CellSide(width, height), Eighths) : 1;

    /// <summary>The scale to decode a picture at, in eighths, which is what codecs have.</summary>
    public float Scale(int width, int height) => 1f / ScaleDenominator(width, height);

    /// <summary>Pixels of a side of a cell in a picture that is decoded smaller than it is.</summary>
    public static int CellSideOver(int width, int height, int decodedWidth) =>
        Math.Max(1, CellSide(width, height) / (int)Math.Round((double)width / decodedWidth));

    /// <summary>The step over decoded pixels: when scaled, as many are left as are enough.</summary>
    public int StepOver(int width, int height) =>
        IsScaled ? (int)Math.Clamp((long)width * height / EnoughPixels, 1, Step) : Step;
}
