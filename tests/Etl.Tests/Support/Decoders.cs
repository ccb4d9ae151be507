using PaletteEtl.Covers;
using PaletteEtl.Covers.Formats;
using PaletteEtl.Palettes;

namespace Etl.Tests.Support;

/// <summary>Decoders of every format, for the histograms of an algorithm.</summary>
internal static class Decoders
{
    public static CoverDecoder Of(
        DecodeOptions options, QuantizeAlgorithm algorithm = QuantizeAlgorithm.ColorThief, TimeProvider? clock = null) =>
        CoverFormats.CreateDecoder(options, NeedsOf(algorithm), clock);

    public static Sampling SamplingOf(DecodeOptions options, QuantizeAlgorithm algorithm) => Sampling.Of(options, NeedsOf(algorithm));

    public static Needs NeedsOf(QuantizeAlgorithm algorithm) => Quantizers.Of(new QuantizeOptions { Algorithm = algorithm }).Needs;

    /// <summary>The name of the format of some bytes; null when it is unknown.</summary>
    public static string? FormatOf(ReadOnlySpan<byte> bytes) => CoverFormat.Find(CoverFormats.All, bytes)?.Name;
}
