using PaletteEtl.Palettes;

namespace Etl.Host.Bench.Quality;

/// <summary>How far palettes are from each other by their colours and the places of these, without populations: 0 for the same colours, 100
/// for white from black.</summary>
/// <remarks>
/// The measure of stability, independent of that of a search. The colours of both are paired so that the pairs are nearest in
/// all. A pair counts its OKLab distance times 100 with the mean of the weights of its colours, which are as 1 : 1/2 : 1/3 … by their places
/// and add up to 1 in each palette. A colour that the longer palette has left over counts, with half its weight, its distance from the
/// nearest colour of the shorter one, and at least 2.
/// </remarks>
internal static class PlaceDistance
{
    private const double LeastLeftOver = 2;

    public static double Between(Palette one, Palette other)
    {
        (Palette few, Palette many) = one.Count <= other.Count ? (one, other) : (other, one);
        OklabColor[] rows = [.. few.Select(OklabColor.Of)], columns = [.. many.Select(OklabColor.Of)];
        double[] rowWeights = WeightsOf(rows.Length), columnWeights = WeightsOf(columns.Length);
        double[] leftOver = rows.Length == columns.Length
            ? new double[columns.Length]
            : [.. columns.Select((column, j) => columnWeights[j] / 2 * Math.Max(rows.Min(row => row.DistanceTo(column)), LeastLeftOver))];
        float[] costs =
        [
            .. from i in Enumerable.Range(0, rows.Length)
               from j in Enumerable.Range(0, columns.Length)
               select (float)(((rowWeights[i] + columnWeights[j]) / 2 * rows[i].DistanceTo(columns[j])) - leftOver[j]),
        ];
        int[] partners = new int[rows.Length];
        Assignment.Solve(costs, partners);
        return leftOver.Sum() + partners.Index().Sum(pair => costs[(pair.Index * columns.Length) + pair.Item]);
    }

    /// <summary>The weights of so many places.</summary>
    private static double[] WeightsOf(int count)
    {
        double sum = Enumerable.Range(1, count).Sum(static place => 1.0 / place);
        return [.. Enumerable.Range(1, count).Select(place => 1 / (place * sum))];
    }
}
