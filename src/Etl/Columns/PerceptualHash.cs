using System.Runtime.Intrinsics;

namespace PaletteEtl.Columns;

/// <summary>The hashes of similar pictures differ in few of their 64 bits.</summary>
internal static class PerceptualHash
{
    /// <summary>Pixels of a side for <see cref="OfFrequencies"/>.</summary>
    public const int Side = 32;

    /// <summary>Pixels of a row and rows for <see cref="OfDifferences"/>.</summary>
    public const int Columns = 9, Rows = 8;

    private const int Low = 8;

    /// <summary>Frequencies of each direction that are summed at once, so that registers hold the sums.</summary>
    private const int Block = 4;

    private static readonly double[] Cosines =
    [
        .. Enumerable.Range(0, Side * Low).Select(static i => Cosine.Of(((2 * (i / Low)) + 1) / (2.0 * Side) * ((i % Low) + 1) * Math.PI)),
    ];

    /// <summary>One bit for each of the 64 lowest frequencies but the constant ones: whether it is above the mean of all.</summary>
    /// <remarks>Equal to the npm package sharp-phash; after Neal Krawetz, "Looks like it", 2011. Sums are in its order: where terms are zero but
    /// for rounding, as in a picture of a single colour, the rounding is what the hash shows.</remarks>
    /// <param name="grey">A grey picture of 32 x 32 pixels.</param>
    public static ulong OfFrequencies(ReadOnlySpan<byte> grey)
    {
        Span<double> terms = stackalloc double[Low * Low];
        for (int i = 0; i < terms.Length; i += Low * Block)
        {
            Transform(grey, i / Low, firstColumn: 0, terms);
            Transform(grey, i / Low, firstColumn: Block, terms);
        }

        double sum = 0;
        foreach (double term in terms)
        {
            sum += term;
        }

        ulong hash = 0;
        foreach (double term in terms)
        {
            hash = (hash << 1) | (term > sum / terms.Length ? 1UL : 0);
        }

        return hash;
    }

    /// <summary>One bit for each pixel but the last of a row: whether the next is lighter.</summary>
    /// <remarks>Equal to the Python package imagehash; after Neal Krawetz, "Kind of like that", 2013.</remarks>
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

    /// <summary>The terms of four frequencies along the rows, with four along the columns.</summary>
    private static void Transform(ReadOnlySpan<byte> grey, int firstRow, int firstColumn, Span<double> terms)
    {
        Vector256<double> sum0 = default, sum1 = default, sum2 = default, sum3 = default;
        for (int x = 0; x < Side; x++)
        {
            ReadOnlySpan<double> row = Cosines.AsSpan((x * Low) + firstRow, Block);
            (double row0, double row1, double row2, double row3) = (row[0], row[1], row[2], row[3]);
            for (int y = 0; y < Side; y++)
            {
                var column = Vector256.Create(Cosines.AsSpan((y * Low) + firstColumn));
                var value = Vector256.Create((double)grey[(y * Side) + x]);
                sum0 += column * row0 * value;
                sum1 += column * row1 * value;
                sum2 += column * row2 * value;
                sum3 += column * row3 * value;
            }
        }

        terms = terms[((firstRow * Low) + firstColumn)..];
        sum0.CopyTo(terms);
        sum1.CopyTo(terms[Low..]);
        sum2.CopyTo(terms[(2 * Low)..]);
        sum3.CopyTo(terms[(3 * Low)..]);
    }
}
