namespace PaletteEtl.Catalogue;

/// <summary>The content of a palette column.</summary>
internal enum PaletteState
{
    /// <summary>NULL or an empty text: the work that is left.</summary>
    Missing,

    /// <summary>A list of colours.</summary>
    Present,

    /// <summary>Neither: a value that is no list of colours.</summary>
    Unreadable,
}
