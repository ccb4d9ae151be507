using Etl.Query;
using Microsoft.Data.Sqlite;

namespace Etl.Write;

/// <summary>Empties palettes, and the shares of their colours where these are written too, so that a run fills them in anew. Dead letters stay as they are.</summary>
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
        using var empty = new RowStatement(
            catalogue.Connection,
            table,
            $"UPDATE {table.From} SET {table.PaletteColumn} = ''{shares} WHERE {RowStatement.StillFilled(table)}");
        return Run(page => Empty(page, empty));
    }

    private ResetResult Run(Func<IReadOnlyCollection<Movie>, long> settle)
    {
        long palettes = 0;
        string columns = $"{catalogue.Table.Missing}, {catalogue.Table.Id}";
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
            if (!row.GetBoolean(0))
            {
                page.Add(new Movie(key, id));
            }
        }
    }

    private long Empty(IReadOnlyCollection<Movie> page, RowStatement empty)
    {
        if (page.Count == 0)
        {
            return 0;
        }

        using SqliteTransaction transaction = catalogue.Connection.BeginTransaction(deferred: false);
        empty.Transaction = transaction;
        long emptied = page.LongCount(empty.Execute);
        transaction.Commit();
        return emptied;
    }
}
