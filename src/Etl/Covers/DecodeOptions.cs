using System.ComponentModel.DataAnnotations;
using PaletteEtl.Palettes;

namespace PaletteEtl.Covers;

/// <summary>How covers are decoded and sampled.</summary>
public sealed class DecodeOptions() : StageOptions(degreeOfParallelism: 0, boundedCapacity: 16)
{
    /// <summary>Every how many pixels one is sampled, over the whole image in row-major order; the reference takes
    /// every 10th. Default: 10.</summary>
    [Range(1, 1_000_000)]
    public int SampleStep { get; set; } = 10;

    /// <summary>How large covers are decoded. Default: none, full for <see cref="QuantizeAlgorithm.ColorThief"/>, whose
    /// palettes are those of full size, and auto for <see cref="QuantizeAlgorithm.Oklab"/>. With auto
    /// <see cref="SampleStep"/> is the largest step; fewer than 12,000 pixels are not left by it.</summary>
    [EnumDataType(typeof(DecodeScale))]
    public DecodeScale? Scale { get; set; }

    /// <summary>Pixels of a cover at most; a larger one is a dead letter <c>too_many_pixels</c>. Default: 178,956,970,
    /// Pillow's limit.</summary>
    [Range(1, int.MaxValue / 4)]
    public long MaxPixels { get; set; } = 178_956_970;

    /// <summary>Bytes that all decoders together may take for pixels and coefficients; a cover that needs more by
    /// itself is a dead letter <c>too_many_pixels</c>. Default: 192 MiB.</summary>
    [Range(1, long.MaxValue)]
    public long MemoryBudgetBytes { get; set; } = 192L << 20;

    /// <summary>How long one cover may take to be decoded; one that takes longer is a dead letter <c>timeout</c>.
    /// Default: 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether a cover that ends too early gives the palette of what there is of it, which is listed as damaged, instead of a dead
    /// letter <c>truncated</c>. Default: no.</summary>
    public bool AcceptTruncated { get; set; }

    /// <summary>Whether JPEG is decoded by libturbojpeg, which takes six tenths of the time and changes no palette of an
    /// undamaged cover. Default: <see cref="TurboJpegUse.Auto"/>, where the system has it.</summary>
    [EnumDataType(typeof(TurboJpegUse))]
    public TurboJpegUse TurboJpeg { get; set; } = TurboJpegUse.Auto;

    /// <summary>Whether JPEG of 150,000 pixels and more is read at an eighth of its size without decoding the rest, where
    /// <see cref="Scale"/> is auto; what that is not certain of, the codec decodes. Default: yes.</summary>
    public bool DcReader { get; set; } = true;

    /// <summary>Whether a damaged cover is a dead letter, <c>corrupt</c> or, where its end is missing, <c>truncated</c>, and no palette
    /// that is listed as damaged; <see cref="AcceptTruncated"/> then has no effect. Every JPEG is then checked for damage,
    /// which adds a fifth to the time that SkiaSharp takes and a third to that of libturbojpeg, and doubles that of
    /// <see cref="QuantizeAlgorithm.Oklab"/>. Default: no.</summary>
    public bool Strict { get; set; }
}
