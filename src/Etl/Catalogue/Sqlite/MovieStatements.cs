using Microsoft.Data.Sqlite;
using PaletteEtl.Palettes;
using SQLitePCL;

namespace PaletteEtl.Catalogue.Sqlite;

/// <summary>The prepared statements that settle movies.</summary>
internal sealed class MovieStatements : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly CatalogueTable _table;
    private readonly MovieUpdates _updates;
    private readonly RowStatement _stored;
    private readonly RowStatement _isMissing;
    private readonly RowStatement _idAtKey;
    private DeadLetterStatements? _deadLetters;
    private DamagedStatements? _damaged;
    private ProvenanceStatements? _provenance;

    public MovieStatements(SqliteConnection connection, CatalogueTable table)
    {
        (_connection, _table) = (connection, table);

        _updates = new MovieUpdates(connection, table);
        _stored = new RowStatement(connection, table, $"SELECT {table.Palette} FROM {table.From} WHERE {RowStatement.StillFilled(table)}");
        _isMissing = new RowStatement(connection, table, $"SELECT {table.Missing} FROM {table.From} WHERE {RowStatement.SameRow(table)}");
        _idAtKey = new RowStatement(
            connection, table, $"SELECT {table.Id} FROM {table.From} WHERE {RowStatement.SameKey(table)} AND {table.Missing}");

        if (DeadLetterTable.Exists(connection))
        {
            _deadLetters = new DeadLetterStatements(connection, table);
        }

        if (DamagedTable.Exists(connection))
        {
            _damaged = new DamagedStatements(connection);
        }
    }

    /// <summary>Creates the table of dead letters unless it is there. Outside a transaction, for a batch that is rolled
    /// back and written again would take it along.</summary>
    public void CreateDeadLetters()
    {
        if (_deadLetters is null)
        {
            DeadLetterTable.Create(_connection);
            _deadLetters = new DeadLetterStatements(_connection, _table);
        }
    }

    /// <summary>Creates the table of palettes of damaged covers unless it is there; outside a transaction for the same reason.</summary>
    public void CreateDamaged()
    {
        if (_damaged is null)
        {
            DamagedTable.Create(_connection);
            _damaged = new DamagedStatements(_connection);
        }
    }

    /// <summary>Creates the table of provenance unless it is there, and stores the settings in it; outside a transaction likewise.</summary>
    /// <param name="today">The settings of palettes and columns.</param>
    public void CreateProvenance(MadeWith today) => _provenance ??= new ProvenanceStatements(_connection, today);

    /// <summary>Makes the statements part of a transaction.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="now">Its time.</param>
    public void Join(SqliteTransaction transaction, DateTimeOffset now)
    {
        _updates.Transaction = transaction;
        _stored.Transaction = transaction;
        _isMissing.Transaction = transaction;
        _idAtKey.Transaction = transaction;
        _deadLetters?.Join(transaction);
        _damaged?.Join(transaction);
        _provenance?.Join(transaction, now);
    }

    /// <summary>Fills in a movie's palette where it is still missing, or replaces the one that is recorded for it.</summary>
    /// <param name="item">The movie and its palette.</param>
    /// <param name="now">The time of the transaction.</param>
    /// <param name="outcome">Its outcome; null when no row has its key and its id.</param>
    /// <returns>The failure when the database rejects the palette, else null. Other changes of the attempt are not rolled back.</returns>
    public Failure? TryFill(in Item<Palette> item, string now, out Outcome? outcome)
    {
        outcome = null;
        bool filled;
        if (item.Movie.StoredPalette is not null)
        {
            return TryComplete(item, out outcome);
        }

        string palette = item.Value.ToJson();
        RowStatement update = IsRecorded(item.Movie) ? _updates.Replace : _updates.Fill;
        update["$palette"] = palette;
        _updates.SetColumns(update, item);
        try
        {
            filled = update.Execute(item.Movie);
        }
        catch (SqliteException error) when (error.SqliteErrorCode == raw.SQLITE_CONSTRAINT)
        {
            return Rejected(item, $"The database refused the palette: {error.Message}");
        }

        if (!filled && IsMissing(item.Movie) is { } isMissing)
        {
            if (isMissing || update == _updates.Replace)
            {
                return Rejected(item, "The database ignored the palette: a trigger or a constraint skips the row.");
            }

            outcome = Supersede(item.Movie.Id);
        }
        else if (filled)
        {
            outcome = Written(item, palette, now);
        }

        return null;
    }

    /// <summary>Fills in the missing columns of a movie that still has the palette that was read.</summary>
    private Failure? TryComplete(in Item<Palette> item, out Outcome? outcome)
    {
        outcome = null;
        if (_stored.Read(item.Movie, static row => row.ReadText(0)) != item.Movie.StoredPalette)
        {
            outcome = IsMissing(item.Movie) is null ? null : Supersede(item.Movie.Id);
            return null;
        }

        RowStatement complete = _updates.Complete!; // the movie was read because a column is missing
        _updates.SetColumns(complete, item);
        try
        {
            if (!complete.Execute(item.Movie))
            {
                return Rejected(item, "The database ignored the columns: a trigger or a constraint skips the row.");
            }
        }
        catch (SqliteException error) when (error.SqliteErrorCode == raw.SQLITE_CONSTRAINT)
        {
            return Rejected(item, $"The database refused the columns: {error.Message}");
        }

        _deadLetters?.Remove(item.Movie.Id);
        _provenance?.Complete(item.Movie.Id);
        outcome = new(OutcomeKind.Written);
        return null;
    }

    /// <summary>Records the version of a cover whose content has not changed.</summary>
    public Outcome Keep(in Item<Palette> item)
    {
        if (item.Version is { } version && version != item.Movie.Provenance?.Version)
        {
            _provenance?.Note(item.Movie.Id, version);
        }

        return new(OutcomeKind.Current);
    }

    /// <summary>Stores a movie's failure. Null when no row has the movie's key and its id.</summary>
    public Outcome? Settle(Movie movie, Failure failure, string now)
    {
        if (!_deadLetters!.Store(movie, failure, now))
        {
            return IsMissing(movie) is null ? null : Supersede(movie.Id);
        }

        _damaged?.Remove(movie.Id);
        return new(OutcomeKind.DeadLetter, failure);
    }

    /// <summary>The outcome of a movie that another program settled, which also noted whether the cover is damaged.</summary>
    public Outcome Supersede(MovieId id)
    {
        _deadLetters?.Remove(id);
        return new(OutcomeKind.Superseded);
    }

    /// <summary>The id of the row that has a movie's key now, if it lacks a palette.</summary>
    public MovieId? MissingAtKey(Movie movie) => _idAtKey.Read<MovieId?>(movie, static row => row.ReadId(0));

    /// <summary>Whether there is a dead letter of an id. Outside a transaction.</summary>
    public bool HasDeadLetter(MovieId id) => _deadLetters?.Has(id) == true;

    public void Dispose()
    {
        _updates.Dispose();
        _stored.Dispose();
        _isMissing.Dispose();
        _idAtKey.Dispose();
        _deadLetters?.Dispose();
        _damaged?.Dispose();
        _provenance?.Dispose();
    }

    private Outcome Written(in Item<Palette> item, string palette, string now)
    {
        _deadLetters?.Remove(item.Movie.Id);
        _provenance?.Store(item, palette);
        if (item.Damage is null)
        {
            _damaged?.Remove(item.Movie.Id);
            return new(OutcomeKind.Written);
        }

        _damaged!.Store(item, now);
        return new(OutcomeKind.Written, IsDamaged: true);
    }

    /// <summary>Whether a movie has the palette that is recorded for it, which no other program has replaced.</summary>
    private bool IsRecorded(Movie movie) => movie.Provenance is { } made
        && _stored.Read<long?>(movie, static row => StoredPalette.HashOf(row, 0)) == made.PaletteHash;

    /// <summary>Whether a movie's palette is missing; null when no row has its key and its id.</summary>
    private bool? IsMissing(Movie movie) => _isMissing.Scalar(movie) is long isMissing ? isMissing != 0 : null;

    /// <summary>A palette that the database would not have.</summary>
    public static Failure Rejected(in Item<Palette> item, string message) =>
        new(StageNames.Write, FailureReason.Rejected, message, item.Version);
}
