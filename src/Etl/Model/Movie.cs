
namespace PaletteEtl.Model;

/// <summary>A movie whose palette is to be filled in, or to be emptied.</summary>
/// <param name="Key">Where its row is.</param>
/// <param name="Id">Its id, which names its cover.</param>
/// <param name="Previous">How it failed before, if it did.</param>
internal sealed record Movie(RowKey Key, MovieId Id, DeadLetter? Previous = null);
