namespace PaletteEtl.Columns;

/// <summary>The hashes of similar pictures differ in few of their 64 bits.</summary>
internal static class PerceptualHash
{
    /// <summary>Pixels of a side for <see cref="OfFrequencies"/>.</summary>
    public const int Side = 32;

    /// <summary>Pixels of a row and rows for <see cref="OfDifferences"/>.</summary>
    public const int Columns = 9, Rows = 8;

    private const int Low = 8;

    /// <summary>One bit for each of the 64 lowest frequencies but the constant ones: whether it is above the mean of all.</summary>
    /// <remarks>As the npm package sharp-phash has it, after Neal Krawetz, "Looks like it", 2011.</remarks>
    /// <param name="grey">A grey picture of 32 x 32 pixels.</param>
    public static ulong OfFrequencies(ReadOnlySpan<byte> grey)
    {
        double[] values = new double[grey.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = grey[i];
        }

        Span<double> terms = stackalloc double[Low * Low];
        double sum = 0;
        for (int x = 0; x < Low; x++)
        {
            double[] rows = Cosines.SumRows(values, Cosines.Of(Side, x + 1));
            for (int y = 0; y < Low; y++)
            {
                sum += terms[(x * Low) + y] = Cosines.Dot(rows, Cosines.Of(Side, y + 1));
            }
        }

        ulong hash = 0;
        foreach (double term in terms)
        {
            hash = (hash << 1) | (term > sum / terms.Length ? 1UL : 0);
        }

        return hash;
    }

    /// <summary>One bit for each pixel but the last of a row: whether the next is lighter.</summary>
    /// <remarks>As the Python package imagehash has it, after Neal Krawetz, "Kind of like that", 2013.</remarks>
    /// <param name="grey">A grey picture of 9 x 8 pixels.</param>
    public static ulong OfDifferences(ReadOnlySpan<byte> grey)
    {
        ulong hash = 0;
        for (int i = 0; i < Rows * (Columns - 1); i++)
        {
            int place = (i / (Columns - 1) * Columns) + (i % (Columns - 1));
            hash = (hash << 1) | (grey[place + 1] > grey[place] ? 1UL : 0);
        }

        return hash;
    }
}
