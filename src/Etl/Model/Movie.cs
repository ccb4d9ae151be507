namespace PaletteEtl.Model;

/// <summary>A movie whose palette is to be filled in, or to be emptied.</summary>
/// <param name="Key">The address of its row, for the store that made it.</param>
/// <param name="Id">Its id, which names its cover.</param>
/// <param name="Previous">How it failed before; null if it did not.</param>
public sealed record Movie(RowKey Key, MovieId Id, DeadLetter? Previous = null);
