namespace Etl.Host.Configuration;

/// <summary>Finds what somebody may have meant.</summary>
internal static class Spelling
{
    /// <summary>The known path nearest to a misspelled one, by its whole or by its last part; null when none is near.</summary>
    public static string? Nearest(string path, IEnumerable<string> known)
    {
        (string? nearest, int best) = (null, int.MaxValue);
        foreach (string candidate in known)
        {
            int whole = Distance(path, candidate);
            int last = Distance(LastOf(path), LastOf(candidate));
            int distance = Math.Min(
                whole <= Math.Max(2, path.Length / 5) ? whole : int.MaxValue,
                last <= LastOf(path).Length / 4 ? last + 1 : int.MaxValue); // one more: the rest of the path differs
            if (distance < best)
            {
                (nearest, best) = (candidate, distance);
            }
        }

        return nearest;
    }

    /// <summary>Letters inserted, removed, replaced or swapped with their neighbour that make one word the other.</summary>
    public static int Distance(string from, string to)
    {
        (from, to) = (from.ToUpperInvariant(), to.ToUpperInvariant());
        int[,] distances = new int[from.Length + 1, to.Length + 1];
        for (int i = 0; i <= from.Length; i++)
        {
            for (int j = 0; j <= to.Length; j++)
            {
                distances[i, j] = Step(distances, from, to, i, j);
            }
        }

        return distances[from.Length, to.Length];
    }

    private static int Step(int[,] distances, string from, string to, int i, int j)
    {
        if (i == 0 || j == 0)
        {
            return i + j;
        }

        int replaced = distances[i - 1, j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
        int least = Math.Min(replaced, 1 + Math.Min(distances[i - 1, j], distances[i, j - 1]));
        bool swapped = i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1];
        return swapped ? Math.Min(least, distances[i - 2, j - 2] + 1) : least;
    }

    private static string LastOf(string path) => path[(path.LastIndexOf(':') + 1)..];
}
