using System.Globalization;
using PaletteEtl.Palettes;

namespace PaletteEtl.Covers;

/// <summary>Which of a cover's pixels are counted.</summary>
/// <param name="Step">Maximum distance between two counted pixels.</param>
/// <param name="IsScaled">Whether a cover may be decoded smaller than it is.</param>
internal readonly record struct Sampling(int Step, bool IsScaled)
{
    /// <summary>Minimum number of pixels of a scaled cover, unless the cover has fewer. More pixels make no visible difference.</summary>
    public const int EnoughPixels = 12_000;

    private const int Eighths = 8;

    public static Sampling Of(DecodeOptions options, Needs needs)
    {
        DecodeScale scale = options.Scale ?? (needs.MayBeScaled ? DecodeScale.Auto : DecodeScale.Full);
        return new Sampling(options.SampleStep, scale == DecodeScale.Auto);
    }

    /// <summary>The options that decide which pixels are counted, in one line.</summary>
    public static string Fingerprint(DecodeOptions options, Needs needs)
    {
        var sampling = Of(options, needs);
        string scale = !sampling.IsScaled ? "full" : options.DcReader ? "auto,dc" : "auto";
        return string.Create(CultureInfo.InvariantCulture, $"step={sampling.Step} scale={scale}");
    }

    /// <summary>The scale to decode a picture at, in eighths, which is what codecs have.</summary>
    public float Scale(int width, int height)
    {
        double enough = Math.Sqrt((double)EnoughPixels / width / height);
        return IsScaled && enough < 1 ? (float)Math.Ceiling(enough * Eighths) / Eighths : 1;
    }

    /// <summary>The step over decoded pixels: when scaled, as many are left as are enough.</summary>
    public int StepOver(int width, int height) =>
        IsScaled ? (int)Math.Clamp((long)width * height / EnoughPixels, 1, Step) : Step;
}
