using Microsoft.Data.Sqlite;

namespace PaletteEtl.Catalogue.Sqlite;

/// <summary>Empties palettes, and the columns that are filled in beside them, so that a run fills them in anew. Dead letters
/// stay as they are; the damage of the covers that the palettes were made of is forgotten.</summary>
/// <remarks>A page of the catalogue is read, and what is selected of it is written in one transaction. Unless the options allow values
/// that are not palettes, all that is selected is looked at before anything is emptied, and each row again when it is.</remarks>
internal sealed class PaletteReset(OpenCatalogue catalogue, ResetSelection selection)
{
    private readonly HashSet<string> _unknown = [.. selection.Ids ?? []];
    private readonly ForeignValues? _foreign =
        catalogue.Options.Query.AllowForeignValues || selection.IsUnreadable ? null : new ForeignValues(catalogue.Table, catalogue.Options);

    private long _readable;

    /// <summary>The result that <see cref="Apply"/> would have.</summary>
    /// <exception cref="CatalogueException">A value that would be emptied is not a palette, or most values are none.</exception>
    public ResetResult Preview()
    {
        _readable = 0;
        ResetResult result = Run(Count);
        return !selection.IsUnreadable || result.Palettes <= _readable || catalogue.Options.Query.AllowForeignValues
            ? result
            : throw new CatalogueException(
                $"Column {catalogue.Options.Query.PaletteColumn} of table {catalogue.Options.Query.Table} in {catalogue.Options.Query.Database} "
                + $"has {result.Palettes} values that are not palettes, and only {_readable} palettes, so nothing was emptied. Set Etl:Query:PaletteColumn "
                + "to the column of palettes, or Etl:Query:AllowForeignValues to true to empty this one.");
    }

    /// <exception cref="CatalogueException">A value to be emptied is not a palette; nothing has been emptied.</exception>
    public ResetResult Apply()
    {
        if (_foreign is not null || selection.IsUnreadable)
        {
            Preview();
        }

        CatalogueTable table = catalogue.Table;
        string columns = string.Concat(table.Filled.Select(static column => $", {column.Name} = {column.Empty}"));
        string condition = selection.IsDamaged ? $"{RowStatement.StillFilled(table)} AND {IsDamaged}" : RowStatement.StillFilled(table);
        using var empty = new RowStatement(
            catalogue.Connection, table, $"UPDATE {table.From} SET {table.PaletteColumn} = ''{columns} WHERE {condition}");
        using var values = new RowStatement(
            catalogue.Connection,
            table,
            $"SELECT {_foreign?.Columns ?? table.Palette} FROM {table.From} WHERE {RowStatement.StillFilled(table)}");
        using DamagedStatements? damaged =
            DamagedTable.Exists(catalogue.Connection) ? new DamagedStatements(catalogue.Connection) : null;
        return Run(page => Empty(page, empty, values, damaged));
    }

    /// <summary>The condition that a palette is the one that was made of a damaged cover. Without the plus the id's affinity would apply,
    /// and the key of the table, which has none, would not be used.</summary>
    private string IsDamaged =>
        $"""
        EXISTS (SELECT 1 FROM {DamagedTable.Name} AS d
            WHERE d.movie_id IS +{catalogue.Table.Id} AND d.palette = {catalogue.Table.Palette})
        """;

    private ResetResult Run(Func<IReadOnlyCollection<SelectedRow>, long> settle)
    {
        if (selection.IsDamaged && !DamagedTable.Exists(catalogue.Connection))
        {
            return new ResetResult(0, []);
        }

        long palettes = 0;
        string columns = $"{catalogue.Table.Missing}, {catalogue.Table.Id}, {(selection.IsDamaged ? IsDamaged : "1")}, "
            + (_foreign?.Columns ?? catalogue.Table.Palette);
        foreach (List<SelectedRow> page in catalogue.Pages.Read<SelectedRow>(columns, join: "", AddSelected))
        {
            long room = selection.Limit - palettes;
            palettes += settle(page.GetRange(0, (int)Math.Min(page.Count, room)));
            if (palettes == selection.Limit)
            {
                break;
            }
        }

        return new ResetResult(palettes, [.. _unknown.Order(StringComparer.Ordinal)]);
    }

    private void AddSelected(SqliteDataReader row, RowKey key, List<SelectedRow> page)
    {
        MovieId id = row.ReadId(1);
        if (selection.Includes(id))
        {
            _unknown.Remove(id.Text ?? "");
            if (!row.GetBoolean(0) && row.GetBoolean(2) && IsMeant(row))
            {
                page.Add(new SelectedRow(new Movie(key, id), _foreign?.Find(row, 3)));
            }
        }
    }

    private bool IsMeant(SqliteDataReader row)
    {
        if (!selection.IsUnreadable || !StoredPalette.IsPalette(row, 3))
        {
            return true;
        }

        _readable++;
        return false;
    }

    private long Count(IReadOnlyCollection<SelectedRow> page)
    {
        foreach (SelectedRow row in page)
        {
            if (row.Foreign is { } value)
            {
                throw _foreign!.Refusal(value, row.Movie.Id);
            }
        }

        return page.Count;
    }

    private long Empty(
        IReadOnlyCollection<SelectedRow> page, RowStatement empty, RowStatement values, DamagedStatements? damaged)
    {
        if (page.Count == 0)
        {
            return 0;
        }

        using SqliteTransaction transaction = catalogue.Connection.BeginTransaction(deferred: false);
        empty.Transaction = values.Transaction = transaction;
        damaged?.Join(transaction);
        long emptied = 0;
        foreach (SelectedRow row in page.Where(row => !HasChanged(row.Movie, values) && empty.Execute(row.Movie)))
        {
            emptied++;
            damaged?.Remove(row.Movie.Id);
        }

        transaction.Commit();
        return emptied;
    }

    /// <summary>Whether another program has put a value into a row that is not to be emptied, since all were examined.</summary>
    private bool HasChanged(Movie movie, RowStatement values) =>
        _foreign is not null ? values.Read(movie, row => _foreign.Find(row, 0)) is not null
        : selection.IsUnreadable && values.Read(movie, static row => StoredPalette.IsPalette(row, 0));

    /// <summary>A row whose palette is to be emptied.</summary>
    private readonly record struct SelectedRow(Movie Movie, ForeignValue? Foreign);
}
