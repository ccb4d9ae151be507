namespace PaletteEtl.Covers;

/// <summary>How large covers are decoded.</summary>
public enum DecodeScale
{
    /// <summary>As large as they are.</summary>
    Full,

    /// <summary>As small as their codec can decode them with at least 12,000 pixels: JPEG and WebP in eighths, others full. JPEG of
    /// 150,000 pixels and more at an eighth, with <see cref="DecodeOptions.DcReader"/>.</summary>
    Auto,
}
