using System.Runtime.InteropServices;
using System.Security.Cryptography;
using PaletteEtl.Covers;
using PaletteEtl.Model;
using PaletteEtl.Palettes;

namespace Etl.IntegrationTests.Avif;

/// <summary>AVIF files of every kind: the project's own, and those that lie beside the repository.</summary>
internal static class Avifs
{
    public const string NoLibrary = "libdav1d is not installed (Debian: apt install libdav1d6).";

    public const string OldLibrary = "This version of libdav1d does not find damage.";

    public static readonly DecodeOptions Dav1d = new() { Dav1d = LibraryUse.Require, SampleStep = 1 };
    public static readonly DecodeOptions Vips = new() { Dav1d = LibraryUse.Never, SampleStep = 1 };

    /// <summary>Made by avifenc from a drawing of 64 x 48 pixels, or with odd sides of 53 x 41.</summary>
    public static IEnumerable<string> Own => Directory.EnumerateFiles(Asset.PathOf("Avif")).Order(StringComparer.Ordinal);

    /// <summary>How decoding a file ends: with a reason, or with a palette's colours; and the decoder.</summary>
    public static (string Ending, string? Decoder) Decode(
        byte[] bytes, DecodeOptions options, QuantizeAlgorithm algorithm = QuantizeAlgorithm.ColorThief)
    {
        try
        {
            using DecodedCover decoded = Decoders.Of(options, algorithm).Decode(Cover.Of(bytes, new CoverVersion(null, null, null)));
            return ($"{decoded.Histogram.White} white, {Colors(decoded.Histogram)}", decoded.Decoding.Decoder);
        }
        catch (CoverException error)
        {
            return ($"{error.Reason}: {error.Message}", null);
        }
    }

    private static string Colors(ColorHistogram histogram)
    {
        if (histogram.HasCounts)
        {
            return Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes(histogram.Counts)));
        }

        return new OklabQuantizer(colorCount: 6).Quantize(histogram).ToJson();
    }
}
