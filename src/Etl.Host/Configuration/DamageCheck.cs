using PaletteEtl.Covers;
using PaletteEtl.Covers.Formats;
using PaletteEtl.Palettes;

namespace Etl.Host.Configuration;

/// <summary>Says in which covers damage is found.</summary>
internal static class DamageCheck
{
    private const string OnlyStrict = "not looked for; Etl:Decode:Strict has it looked for";

    public static Finding Of(EtlOptions options) => new(
        "damage",
        IsFine: true,
        $"JPEG: {Jpeg(options)}. PNG, AVIF: found. WebP, GIF, BMP: found where the codec fails, since they have no checksums");

    private static string Jpeg(EtlOptions options)
    {
        DecodeOptions decode = options.Decode;
        return decode.Strict ? "found, but not in arithmetic codes or 12 bits"
            : !Sampling.Of(decode, Quantizers.Of(options.Quantize).Needs).IsScaled
                ? decode.TurboJpeg != LibraryUse.Never && LibTurboJpeg.IsPresent ? "found by libturbojpeg" : OnlyStrict
            : decode.DcReader ? "found in baseline pictures of 100,000 pixels and more; Etl:Decode:Strict has it looked for in others"
            : OnlyStrict;
    }
}
