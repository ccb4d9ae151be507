using PaletteEtl.Palettes;

namespace Etl.Host.Bench.Quality;

/// <summary>How far the colour of a palette that differs most is from its partner in another palette: OKLab distance times 100.</summary>
internal static class WorstColor
{
    /// <param name="one">A palette.</param>
    /// <param name="other">A palette with as many colours. The pairs are nearest in all.</param>
    /// <param name="chromaWeight">The factor of a and b.</param>
    public static double Between(Palette one, Palette other, double chromaWeight)
    {
        OklabColor[] rows = [.. one.Select(OklabColor.Of)], columns = [.. other.Select(OklabColor.Of)];
        float[] costs = [.. from row in rows from column in columns select (float)row.DistanceTo(column, chromaWeight)];
        int[] partners = new int[rows.Length];
        Assignment.Solve(costs, partners);
        return partners.Index().Max(pair => costs[(pair.Index * columns.Length) + pair.Item]);
    }
}
