using Etl.Query;
using Microsoft.Data.Sqlite;

namespace Etl.Write;

/// <summary>Empties palettes, and the shares of their colours where these are written too, so that a run fills them in anew. Dead letters
/// stay as they are; the damage of the covers that the palettes were made of is forgotten.</summary>
/// <remarks>A page of the catalogue is read, and what is selected of it is written in one transaction.</remarks>
internal sealed class PaletteReset(Catalogue catalogue, ResetSelection selection)
{
    private readonly HashSet<string> _unknown = [.. selection.Ids ?? []];

    /// <summary>What <see cref="Apply"/> would do.</summary>
    public ResetResult Preview() => Run(static page => page.Count);

    public ResetResult Apply()
    {
        CatalogueTable table = catalogue.Table;
        string shares = table.PopulationColumn is { } column ? $", {column} = ''" : "";
        string condition = selection.IsDamaged ? $"{RowStatement.StillFilled(table)} AND {IsDamaged}" : RowStatement.StillFilled(table);
        using var empty = new RowStatement(
            catalogue.Connection, table, $"UPDATE {table.From} SET {table.PaletteColumn} = ''{shares} WHERE {condition}");
        using DamagedStatements? damaged =
            DamagedTable.Exists(catalogue.Connection) ? new DamagedStatements(catalogue.Connection) : null;
        return Run(page => Empty(page, empty, damaged));
    }

    /// <summary>The condition that a palette is the one that was made of a damaged cover. Without the plus the id's affinity would apply,
    /// and the key of the table, which has none, would not be used.</summary>
    private string IsDamaged =>
        $"""
        EXISTS (SELECT 1 FROM {DamagedTable.Name} AS d
            WHERE d.movie_id IS +{catalogue.Table.Id} AND d.palette = {catalogue.Table.Palette})
        """;

    private ResetResult Run(Func<IReadOnlyCollection<Movie>, long> settle)
    {
        if (selection.IsDamaged && !DamagedTable.Exists(catalogue.Connection))
        {
            return new ResetResult(0, []);
        }

        long palettes = 0;
        string columns = $"{catalogue.Table.Missing}, {catalogue.Table.Id}, {(selection.IsDamaged ? IsDamaged : "1")}";
        foreach (List<Movie> page in catalogue.Pages.Read<Movie>(columns, join: "", AddSelected))
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

    private void AddSelected(SqliteDataReader row, RowKey key, List<Movie> page)
    {
        MovieId id = MovieId.Read(row, 1);
        if (selection.Includes(id))
        {
            _unknown.Remove(id.Text ?? "");
            if (!row.GetBoolean(0) && row.GetBoolean(2))
            {
                page.Add(new Movie(key, id));
            }
        }
    }

    private long Empty(IReadOnlyCollection<Movie> page, RowStatement empty, DamagedStatements? damaged)
    {
        if (page.Count == 0)
        {
            return 0;
        }

        using SqliteTransaction transaction = catalogue.Connection.BeginTransaction(deferred: false);
        empty.Transaction = transaction;
        damaged?.Join(transaction);
        long emptied = 0;
        foreach (Movie movie in page.Where(empty.Execute))
        {
            emptied++;
            damaged?.Remove(movie.Id);
        }

        transaction.Commit();
        return emptied;
    }
}
