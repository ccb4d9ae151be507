using System.Globalization;
using Microsoft.Data.Sqlite;

namespace PaletteEtl.Catalogue.Sqlite;

/// <summary>A filter as SQL sees it: a condition on quoted columns, and its values as parameters.</summary>
internal sealed class FilterSql
{
    private readonly object[] _values;

    /// <param name="filter">A filter with at least one condition.</param>
    /// <param name="quote">Quotes the name of a column.</param>
    public FilterSql(RowFilter filter, Func<string, string> quote)
    {
        _values = [.. filter.Conditions.SelectMany(static condition => condition.Values)];
        int next = 0;
        var conditions = new List<string>();
        foreach (RowCondition condition in filter.Conditions)
        {
            string[] parameters = [.. condition.Values.Select(_ => Parameter(next++))];
            string operand = condition.Operator is "IN" or "NOT IN"
                ? $"({string.Join(", ", parameters)})"
                : string.Join(" AND ", parameters);
            conditions.Add($"(t.{quote(condition.Column)} {condition.Operator} {operand})");
        }

        Condition = string.Join(" AND ", conditions);
    }

    /// <summary>The condition, which is NULL for a row whose columns are.</summary>
    public string Condition { get; }

    /// <summary>Adds the values to a command.</summary>
    public void AddTo(SqliteCommand command)
    {
        for (int i = 0; i < _values.Length; i++)
        {
            command.Parameters.AddWithValue(Parameter(i), _values[i]);
        }
    }

    private static string Parameter(int number) => string.Create(CultureInfo.InvariantCulture, $"$where{number}");
}
