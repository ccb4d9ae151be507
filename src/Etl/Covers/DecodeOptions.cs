using System.ComponentModel.DataAnnotations;
using PaletteEtl.Palettes;

namespace PaletteEtl.Covers;

/// <summary>Decoding and sampling of covers.</summary>
public sealed class DecodeOptions() : StageOptions(degreeOfParallelism: 0, boundedCapacity: 16)
{
    /// <summary>Distance in pixels from one sample to the next, over the whole image in row-major order; Python's
    /// colorthief, the reference, samples every 10th pixel. <see cref="QuantizeAlgorithm.Oklab"/> averages small areas of all pixels
    /// instead. Range: 1 to 1,000,000. Default: 10.</summary>
    [Range(1, 1_000_000)]
    public int SampleStep { get; set; } = 10;

    /// <summary>Size at which covers are decoded. <see cref="DecodeScale.Full"/> is their own size.
    /// <see cref="DecodeScale.Auto"/> decodes JPEG and WebP at a half, a quarter or an eighth, whichever is the smallest with at
    /// least 6,250 pixels, and other formats at full size. <see cref="QuantizeAlgorithm.Oklab"/> averages areas of the same
    /// size either way. If not set, the size is <see cref="DecodeScale.Full"/> for <see cref="QuantizeAlgorithm.ColorThief"/>,
    /// which allows no other, and <see cref="DecodeScale.Auto"/> for <see cref="QuantizeAlgorithm.Oklab"/>. Default: not
    /// set.</summary>
    [EnumDataType(typeof(DecodeScale))]
    public DecodeScale? Scale { get; set; }

    /// <summary>Maximum number of pixels of a cover; a larger cover is a dead letter <c>too_many_pixels</c>. The default is
    /// Pillow's limit. Range: 1 to 536,870,911. Default: 178,956,970.</summary>
    [Range(1, int.MaxValue / 4)]
    public long MaxPixels { get; set; } = 178_956_970;

    /// <summary>Maximum number of bytes that all decoders use for pixels and coefficients; a cover that needs more by itself
    /// is a dead letter <c>too_many_pixels</c>. Range: at least 1. Default: 192 MiB.</summary>
    [Range(1, long.MaxValue)]
    public long MemoryBudgetBytes { get; set; } = 192L << 20;

    /// <summary>Time limit of decoding one cover, without waits for memory; a cover that takes longer is a dead letter
    /// <c>timeout</c>. WebP, AVIF, and JPEG by libturbojpeg or the DC reader are not interrupted. Range: 10 ms to 1 h. Default: 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether a cover that ends too early gets a palette of the part that is there and is listed as damaged;
    /// otherwise it is a dead letter <c>truncated</c>. Default: false.</summary>
    public bool AcceptTruncated { get; set; }

    /// <summary>Use of libturbojpeg for JPEG. The library takes six tenths of the time with <see cref="QuantizeAlgorithm.ColorThief"/>, and
    /// changes no palette of an undamaged cover. <see cref="LibraryUse.Auto"/> uses the library if the system has it,
    /// <see cref="LibraryUse.Never"/> does not use it, and <see cref="LibraryUse.Require"/> refuses a system without it. Default:
    /// Auto.</summary>
    [EnumDataType(typeof(LibraryUse))]
    public LibraryUse TurboJpeg { get; set; } = LibraryUse.Auto;

    /// <summary>Use of libdav1d for AVIF. The library takes three tenths of the time and changes no palette of an undamaged cover.
    /// <see cref="LibraryUse.Auto"/> uses the library if the system has a version that finds damage, <see cref="LibraryUse.Never"/>
    /// does not use it, and <see cref="LibraryUse.Require"/> uses any version and refuses a system without the library.
    /// Default: Auto.</summary>
    [EnumDataType(typeof(LibraryUse))]
    public LibraryUse Dav1d { get; set; } = LibraryUse.Auto;

    /// <summary>Whether JPEG of at least 100,000 pixels is read at a quarter of its size, and JPEG of at least 400,000 pixels at
    /// an eighth, without decoding the rest, if <see cref="Scale"/> is <see cref="DecodeScale.Auto"/>. Covers that the reader is
    /// not certain of are decoded by the codec. Default: true.</summary>
    public bool DcReader { get; set; } = true;

    /// <summary>Whether <see cref="QuantizeAlgorithm.Oklab"/> leaves out a frame of one colour around a cover, if it has 5 % to 50 %
    /// of the area. <see cref="QuantizeAlgorithm.ColorThief"/> counts it like the reference. Default: true.</summary>
    public bool TrimFrame { get; set; } = true;

    /// <summary>Whether a damaged cover is a dead letter, <c>truncated</c> if its end is missing and <c>corrupt</c>
    /// otherwise, instead of getting a palette and being listed as damaged. If true, <see cref="AcceptTruncated"/> has no
    /// effect, and every JPEG is checked for damage, which adds one fifth to the time of SkiaSharp and one third to that of
    /// libturbojpeg, and doubles that of <see cref="QuantizeAlgorithm.Oklab"/>. Default: false.</summary>
    public bool Strict { get; set; }
}
