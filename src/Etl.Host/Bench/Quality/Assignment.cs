namespace Etl.Host.Bench.Quality;

/// <summary>Gives each row a column of its own so that the costs add up to the least.</summary>
/// <remarks>
/// Shortest augmenting paths with prices: R. Jonker and A. Volgenant, "A shortest augmenting path algorithm for dense and
/// sparse linear assignment problems", Computing 38, 1987. Exact; rows² × columns steps.
/// </remarks>
internal static class Assignment
{
    private const int None = -1;

    /// <summary>Finds the column of each row.</summary>
    /// <param name="costs">Row after row.</param>
    /// <param name="columnOf">As long as there are rows; they are not more than columns.</param>
    public static void Solve(ReadOnlySpan<float> costs, Span<int> columnOf)
    {
        int columns = costs.Length / columnOf.Length;
        Span<int> rowOf = stackalloc int[columns];
        Span<float> rowPrices = stackalloc float[columnOf.Length];
        Span<float> columnPrices = stackalloc float[columns];
        rowOf.Fill(None);
        rowPrices.Clear();
        columnPrices.Clear();
        for (int row = 0; row < columnOf.Length; row++)
        {
            Augment(costs, row, rowOf, rowPrices, columnPrices);
        }

        for (int column = 0; column < columns; column++)
        {
            if (rowOf[column] != None)
            {
                columnOf[rowOf[column]] = column;
            }
        }
    }

    /// <summary>Gives one more row a column, moving others to other columns where that is cheaper (Dijkstra over reduced costs).</summary>
    private static void Augment(
        ReadOnlySpan<float> costs, int newRow, Span<int> rowOf, Span<float> rowPrices, Span<float> columnPrices)
    {
        int columns = rowOf.Length;
        Span<float> distance = stackalloc float[columns];
        Span<int> previous = stackalloc int[columns]; // the column before it on the way from the new row
        Span<bool> settled = stackalloc bool[columns];
        distance.Fill(float.MaxValue);
        settled.Clear();

        int row = newRow, last = None;
        float reached = 0;
        while (true)
        {
            int next = None;
            for (int column = 0; column < columns; column++)
            {
                if (settled[column])
                {
                    continue;
                }

                float through = reached + costs[(row * columns) + column] - rowPrices[row] - columnPrices[column];
                if (through < distance[column])
                {
                    (distance[column], previous[column]) = (through, last);
                }

                if (next == None || distance[column] < distance[next])
                {
                    next = column;
                }
            }

            (last, reached) = (next, distance[next]);
            if (rowOf[last] == None)
            {
                break;
            }

            settled[last] = true;
            row = rowOf[last];
        }

        rowPrices[newRow] += reached;
        for (int column = 0; column < columns; column++)
        {
            if (settled[column])
            {
                rowPrices[rowOf[column]] += reached - distance[column];
                columnPrices[column] -= reached - distance[column];
            }
        }

        for (int column = last; column != None; column = previous[column])
        {
            rowOf[column] = previous[column] == None ? newRow : rowOf[previous[column]];
        }
    }
}
