namespace PaletteEtl.Catalogue.Sqlite;

/// <summary>The superseded movies of a run whose palette is missing all the same: several rows have their id now, or their row has
/// another id.</summary>
/// <remarks>Whether a palette is still missing is known at the end of the run: the row with another id may be another movie, which the
/// run settles on its own.</remarks>
internal sealed class RowsLeft(RowsById rows, MovieStatements statements)
{
    /// <summary>Ids that are looked up again at the end; further ones count as missing, so that memory stays bounded.</summary>
    private const int Remembered = 10_000;

    private readonly List<MovieId> _ids = [];
    private long _others;
    private int _committed;

    /// <summary>A transaction begins.</summary>
    public void Begin() => _ids.RemoveRange(_committed, _ids.Count - _committed);

    /// <summary>The outcome of a movie whose row is gone.</summary>
    /// <param name="movie">The movie.</param>
    /// <param name="found">The rows that have its id.</param>
    public Outcome Supersede(Movie movie, RowsOfId found)
    {
        MovieId? left = found.Missing > 0 ? movie.Id
            : found.Filled > 0 ? null
            : statements.MissingAtKey(movie);
        if (left is { } id)
        {
            _ids.Add(id);
        }

        return statements.Supersede(movie.Id);
    }

    /// <summary>The transaction is committed.</summary>
    public void Commit()
    {
        int surplus = Math.Max(0, _ids.Count - Remembered);
        _ids.RemoveRange(_ids.Count - surplus, surplus);
        _others += surplus;
        _committed = _ids.Count;
    }

    /// <summary>How many palettes are still missing, those with a dead letter aside, which are counted as such.</summary>
    public long Count()
    {
        if (_committed == 0)
        {
            return 0;
        }

        Dictionary<MovieId, RowsOfId> found = rows.Find(_ids);
        return _others + _ids.LongCount(id => found[id].Missing > 0 && !statements.HasDeadLetter(id));
    }
}
