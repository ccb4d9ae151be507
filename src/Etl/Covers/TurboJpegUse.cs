namespace PaletteEtl.Covers;

/// <summary>Whether JPEG is decoded by libturbojpeg. The palettes of undamaged covers are the same with it and without it.</summary>
public enum TurboJpegUse
{
    /// <summary>Where the system has it.</summary>
    Auto,

    /// <summary>Nowhere: SkiaSharp decodes every JPEG.</summary>
    Never,

    /// <summary>Where the system has it; a system without it is refused.</summary>
    Require,
}
