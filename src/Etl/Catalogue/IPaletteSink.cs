using PaletteEtl.Model;
using PaletteEtl.Palettes;

namespace PaletteEtl.Catalogue;

/// <summary>Where palettes and failures end. Used by one writer at a time.</summary>
internal interface IPaletteSink
{
    /// <summary>Opens what is needed; to be called before movies are read.</summary>
    void Open();

    /// <summary>Writes a batch whole or not at all. A movie whose row is refused becomes a dead letter.</summary>
    /// <param name="batch">The movies, with their palettes or failures.</param>
    /// <param name="outcomes">Where to say what became of each, in the order of the batch.</param>
    /// <returns>The sums of the outcomes.</returns>
    BatchResult Write(ReadOnlySpan<Item<Palette>> batch, Span<Outcome> outcomes);

    /// <summary>Counts the superseded movies since it was opened whose palette is still missing: several rows have their id now, or
    /// their row has another id. To be called after the last batch.</summary>
    long CountStillMissing();

    /// <summary>Lets go of what was opened; it can be opened again.</summary>
    void Close();
}
