namespace PaletteEtl.Covers;

/// <summary>Whether a library of the system decodes a format. The palettes of undamaged covers are the same with it and without it.</summary>
public enum LibraryUse
{
    /// <summary>Where the system has it.</summary>
    Auto,

    /// <summary>Nowhere: the decoder that comes with the program decodes every cover of the format.</summary>
    Never,

    /// <summary>Where the system has it; a system without it is refused.</summary>
    Require,
}
