using Etl.Write;

namespace Etl.Query;

/// <summary>A movie whose palette is missing.</summary>
/// <param name="Key">Where its row is.</param>
/// <param name="Id">Its id, which names its cover.</param>
/// <param name="Previous">How it failed before, if it did.</param>
internal sealed record Movie(RowKey Key, MovieId Id, DeadLetter? Previous = null);
