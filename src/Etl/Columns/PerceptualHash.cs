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

    private static readonly double[] Cosines =
    [
        .. Enumerable.Range(0, Side * Low).Select(static i => Cosine.Of(((2 * (i / Low)) + 1) / (2.0 * Side) * ((i % Low) + 1) * Math.PI)),
    ];

    /// <summary>One bit for each of the 64 lowest frequencies but the constant ones: whether it is above the mean of all.</summary>
    /// <remarks>As the npm package sharp-phash has it, after Neal Krawetz, "Looks like it", 2011. Sums are in its order: where terms are zero but
    /// for rounding, as in a picture of a single colour, the rounding is what the hash shows.</remarks>
    /// <param name="grey">A grey picture of 32 x 32 pixels.</param>
    public static ulong OfFrequencies(ReadOnlySpan<byte> grey)
    {
        Span<double> terms = stackalloc double[Low * Low];
        Transform(grey, first: 0, terms);
        Transform(grey, Vector256<double>.Count, terms);
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

    /// <summary>The terms of four frequencies along the columns, from the first, with all along the rows.</summary>
    private static void Transform(ReadOnlySpan<byte> grey, int first, Span<double> terms)
    {
        Span<Vector256<double>> sums = stackalloc Vector256<double>[Low];
        sums.Clear();
        for (int x = 0; x < Side; x++)
        {
            ReadOnlySpan<double> row = Cosines.AsSpan(x * Low, Low);
            for (int y = 0; y < Side; y++)
            {
                var column = Vector256.Create(Cosines.AsSpan((y * Low) + first));
                var value = Vector256.Create((double)grey[(y * Side) + x]);
                for (int i = 0; i < row.Length; i++)
                {
                    sums[i] += Vector256.Create(row[i]) * column * value;
                }
            }
        }

        for (int i = 0; i < Low; i++)
        {
            sums[i].CopyTo(terms[((i * Low) + first)..]);
        }
    }
}
