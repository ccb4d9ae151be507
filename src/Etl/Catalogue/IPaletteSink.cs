using PaletteEtl.Palettes;

namespace PaletteEtl.Catalogue;

/// <summary>The store of palettes and failures. Its members may block. Used by one writer at a time, on any thread, while an <see cref="IMovieSource"/> of the same
/// catalogue is read.</summary>
/// <remarks>Each member throws a <see cref="CatalogueException"/> when the catalogue cannot be used, which ends the run. No palette that
/// another program has put in the catalogue is ever overwritten.</remarks>
public interface IPaletteSink
{
    /// <summary>Opens what is needed; called before movies are read. A sink that is open stays so.</summary>
    void Open();

    /// <summary>Writes a batch whole or not at all: when it throws, nothing of the batch is written.</summary>
    /// <remarks>
    /// An item ends in one of these ways:
    /// <list type="bullet">
    /// <item><description><see cref="OutcomeKind.Skipped"/> when <see cref="Item{T}.IsSkipped"/>: nothing changes.</description></item>
    /// <item><description><see cref="OutcomeKind.Current"/> when <see cref="Item{T}.IsCurrent"/>: the palette stays, and the version of
    /// the cover is recorded.</description></item>
    /// <item><description><see cref="OutcomeKind.Superseded"/> when the movie's row is gone, or its palette is no longer missing and, if
    /// the movie has a <see cref="Movie.Provenance"/>, no longer the recorded one, or, if it has a <see cref="Movie.StoredPalette"/>, no
    /// longer that one: the row stays as it is, and the movie's dead letter is removed.</description></item>
    /// <item><description><see cref="OutcomeKind.DeadLetter"/> when it has a <see cref="Item{T}.Failure"/>, or the store refuses the
    /// palette (<see cref="FailureReason.Rejected"/>): the failure becomes the movie's one dead letter, whose attempts go up by one and whose
    /// first time stays.</description></item>
    /// <item><description><see cref="OutcomeKind.Written"/> otherwise: the palette and its <see cref="Item{T}.Columns"/> are filled in, or,
    /// if the movie has a <see cref="Movie.StoredPalette"/>, its missing columns alone. The movie's dead letter is removed, and the
    /// <see cref="Item{T}.Damage"/> that belongs to a new palette is stored or, when null, forgotten.</description></item>
    /// </list>
    /// </remarks>
    /// <param name="batch">The movies, with their palettes or failures; 0 or more.</param>
    /// <param name="outcomes">Takes the outcome of each, in the order of the batch; at least as long as the batch.</param>
    /// <returns>The sums of the outcomes: <see cref="BatchResult.Of"/>.</returns>
    /// <exception cref="InvalidOperationException">The sink is not open.</exception>
    BatchResult Write(ReadOnlySpan<Item<Palette>> batch, Span<Outcome> outcomes);

    /// <summary>Counts the superseded movies since the sink was opened whose palette is still missing, because several rows have their id
    /// now, or their row has another id. 0 for a store in which that cannot be. Called after the last batch.</summary>
    /// <exception cref="InvalidOperationException">The sink is not open.</exception>
    long CountStillMissing();

    /// <summary>Closes what was opened. The sink can be opened again; one that is closed stays so.</summary>
    void Close();
}
