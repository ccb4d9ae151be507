namespace PaletteEtl.Covers;

/// <summary>How large covers are decoded.</summary>
public enum DecodeScale
{
    /// <summary>As large as they are.</summary>
    Full,

    /// <summary>JPEG and WebP at a half, a quarter or an eighth, whichever is the smallest with at least 6,250 pixels; others as large as
    /// they are.</summary>
    Auto,
}
