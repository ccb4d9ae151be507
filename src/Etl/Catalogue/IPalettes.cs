using PaletteEtl.Palettes;

namespace PaletteEtl.Catalogue;

/// <summary>The palettes that a catalogue has. Safe for concurrent use.</summary>
/// <remarks>Each member throws a <see cref="CatalogueException"/> when the catalogue cannot be used.</remarks>
public interface IPalettes
{
    /// <summary>Finds the palette of the first movie with an id that has one; null when there is none.</summary>
    /// <param name="id">The id as it reads: 0114709 is a text, 114709 a text or an integer.</param>
    Palette? Find(string id);

    /// <summary>Counts what <see cref="Reset"/> would do, and changes nothing.</summary>
    /// <param name="selection">The palettes.</param>
    /// <exception cref="CatalogueException">A value that would be emptied is not a palette.</exception>
    ResetResult Preview(ResetSelection selection);

    /// <summary>Empties the selected palettes, and the columns that are filled in beside them, so that a run fills them in
    /// anew. Dead letters stay as they are; records of damaged covers for these palettes are deleted.
    /// Palettes that were emptied stay empty when a later part fails.</summary>
    /// <param name="selection">The palettes.</param>
    /// <exception cref="CatalogueException">A value to be emptied is not a palette, and the options do not allow others; nothing has been
    /// emptied.</exception>
    ResetResult Reset(ResetSelection selection);
}
