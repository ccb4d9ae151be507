namespace PaletteEtl.Catalogue;

/// <summary>The palettes that are made again.</summary>
public enum RefreshKind
{
    /// <summary>None: only missing palettes are made.</summary>
    None,

    /// <summary>Those made with other settings.</summary>
    Settings,

    /// <summary>Those whose cover has changed.</summary>
    Covers,

    /// <summary>Both.</summary>
    All,
}
