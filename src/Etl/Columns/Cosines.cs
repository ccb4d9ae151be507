using PaletteEtl.Palettes;

namespace PaletteEtl.Columns;

/// <summary>The cosine transform of small pictures, first over the rows, then over the columns.</summary>
internal static class Cosines
{
    private const int MaxFrequencies = 16;

    private static readonly double[]?[] Known = new double[(Raster.MaxSide + 1) * MaxFrequencies][];

    /// <summary>The cosines of a frequency below 16 over a length of 1 to 32: <c>cos(π / length * frequency * (i + 0.5))</c>.</summary>
    public static double[] Of(int length, int frequency) =>
        Known[(length * MaxFrequencies) + frequency] ??=
            [.. Enumerable.Range(0, length).Select(i => Math.Cos(Math.PI / length * frequency * (i + 0.5)))];

    /// <summary>The sum of each row of a picture, each value times the cosine of its column.</summary>
    public static double[] SumRows(ReadOnlySpan<double> picture, double[] columns)
    {
        double[] sums = new double[picture.Length / columns.Length];
        for (int y = 0; y < sums.Length; y++)
        {
            sums[y] = Dot(picture.Slice(y * columns.Length, columns.Length), columns);
        }

        return sums;
    }

    public static double Dot(ReadOnlySpan<double> one, ReadOnlySpan<double> other)
    {
        double sum = 0;
        for (int i = 0; i < one.Length; i++)
        {
            sum += one[i] * other[i];
        }

        return sum;
    }
}
