namespace PaletteEtl.Palettes;

/// <summary>The quantizer of each algorithm.</summary>
internal static class Quantizers
{
    public static IQuantizer Of(QuantizeOptions options) => options.Algorithm switch
    {
        QuantizeAlgorithm.ColorThief => new MedianCutQuantizer(options.ColorCount),
        QuantizeAlgorithm.Oklab => new OklabQuantizer(options.ColorCount),
        _ => throw new ArgumentOutOfRangeException(nameof(options), options.Algorithm, "There is no such algorithm."),
    };
}
