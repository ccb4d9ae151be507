namespace PaletteEtl.Catalogue;

/// <summary>The palettes of a catalogue that were made of damaged covers. One that never had any has none, and none of the members changes
/// that. <see cref="IPalettes.Reset"/> of <see cref="ResetSelection.Damaged"/> empties them. Safe for concurrent use.</summary>
/// <remarks>Each member throws a <see cref="CatalogueException"/> when the catalogue cannot be used.</remarks>
public interface IDamagedPalettes
{
    /// <summary>Counts them.</summary>
    long Count();

    /// <summary>Streams them in the order they came. The catalogue is opened when they are enumerated, and not held up for other users
    /// between two of them: the reader may be slow.</summary>
    IEnumerable<StoredDamage> Read();

    /// <summary>Streams those that came before one, the last first; otherwise as <see cref="Read"/>.</summary>
    /// <param name="before">The key of that one, which need not exist; without it, all are read.</param>
    IEnumerable<StoredDamage> ReadBack(long before = long.MaxValue);

    /// <summary>Forgets the damage of movies that are gone. An id counts with its stored type.</summary>
    /// <returns>The number of movies.</returns>
    long Prune();
}
