namespace PaletteEtl.Catalogue;

/// <summary>How much work a catalogue holds, and how much of it is left.</summary>
/// <param name="Movies">Rows of the table that are movies.</param>
/// <param name="Missing">Those whose palette is missing.</param>
/// <param name="DeadLetters">Dead letters by reason, the most frequent first.</param>
/// <param name="Damaged">Palettes that were made of damaged covers.</param>
/// <param name="Unreadable">Movies whose palette is neither missing nor a list of colours, such as <c>null</c> or <c>[]</c> as a text.</param>
public sealed record CatalogueStatus(
    long Movies, long Missing, IReadOnlyList<ReasonCount> DeadLetters, long Damaged, long Unreadable)
{
    /// <summary>Movies that have a palette and lack a value of <c>Etl:Columns</c>.</summary>
    public long Incomplete { get; init; }

    /// <summary>Movies among <see cref="Missing"/> and <see cref="Incomplete"/> that have a dead letter.</summary>
    public long Failed { get; init; }

    /// <summary>Movies that have a palette.</summary>
    public long Done => Movies - Missing - Unreadable;
}
