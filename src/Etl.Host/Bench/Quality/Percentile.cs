namespace Etl.Host.Bench.Quality;

/// <summary>The 95th percentile: the least value that 95 % of all do not exceed.</summary>
internal static class Percentile
{
    private const double Share = 0.95;

    public static double P95(IEnumerable<double> values) => P95([.. values.Select(static value => (value, 1))]);

    /// <param name="values">Each value with how often it occurs. They are sorted.</param>
    public static double P95((double Value, int Count)[] values)
    {
        Array.Sort(values, static (one, other) => one.Value.CompareTo(other.Value));
        double left = Share * values.Sum(static value => (double)value.Count);
        foreach ((double value, int count) in values)
        {
            left -= count;
            if (left <= 0)
            {
                return value;
            }
        }

        return 0;
    }
}
