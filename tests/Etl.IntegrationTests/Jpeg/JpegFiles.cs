using System.Runtime.InteropServices;
using System.Security.Cryptography;
using PaletteEtl.Covers;
using PaletteEtl.Model;

namespace Etl.IntegrationTests.Jpeg;

/// <summary>JPEG files of every kind: the project's own, and those that lie beside the repository.</summary>
internal static class JpegFiles
{
    public const string NoLibrary = "libturbojpeg is not installed (Debian: apt install libturbojpeg0).";

    public static string[] Own { get; } = [.. Jpegs(Asset.PathOf("")), .. Jpegs(Asset.PathOf("Jpeg"))];

    /// <summary>Broken ones among them.</summary>
    public static string[] All { get; } = [.. Own, .. Beside("covers", "formats", "derived", "hostile")];

    /// <summary>All but those that were made to do harm.</summary>
    public static string[] Whole { get; } = [.. Own, .. Beside("covers", "formats", "derived")];

    /// <summary>The posters among those beside the repository.</summary>
    public static IEnumerable<string> Posters => Beside("covers");

    public static Cover Cover(byte[] bytes)
    {
        var data = new NativeBuffer(bytes.Length);
        bytes.CopyTo(data.GetSpan());
        return new Cover(data, new CoverVersion(null, null, null), reservation: null);
    }

    public static DecodedJpeg Decode(byte[] bytes, DecodeOptions options)
    {
        try
        {
            using DecodedCover decoded = Decoders.Of(options).Decode(Cover(bytes));
            ReadOnlySpan<byte> counts = MemoryMarshal.AsBytes(decoded.Histogram.Counts);
            return new(Failure: null, $"{decoded.Histogram.White} white, {Convert.ToHexString(SHA256.HashData(counts))}");
        }
        catch (CoverException error)
        {
            return new($"{error.Reason}: {error.Message}", Colors: null);
        }
    }

    private static IEnumerable<string> Beside(params string[] folders) => ReferenceImages.Folder is null
        ? []
        : folders.SelectMany(folder => Jpegs(Path.Combine(ReferenceImages.Folder, folder)));

    private static IEnumerable<string> Jpegs(string folder) => Directory.EnumerateFiles(folder)
        .Where(file => Decoders.FormatOf(File.ReadAllBytes(file)) == "JPEG")
        .Order(StringComparer.Ordinal);
}
