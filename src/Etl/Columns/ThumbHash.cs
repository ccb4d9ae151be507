using System.Buffers;
using System.Runtime.Intrinsics;
using PaletteEtl.Palettes;

namespace PaletteEtl.Columns;

/// <summary>ThumbHash, a placeholder of a picture in some 20 bytes.</summary>
/// <remarks>Evan Wallace, https://evanw.github.io/thumbhash/. Sums are in the order of its JavaScript: where a term is zero but for rounding,
/// as in a picture of a single colour, the rounding is what the hash shows.</remarks>
internal static class ThumbHash
{
    private const int MaxBytes = 40;
    private const int Frequencies = 8;

    /// <summary>Frequencies of each direction that are summed at once, so that registers hold the sums.</summary>
    private const int Block = 4;

    private static readonly CosineTable Cosines = new(Frequencies, static (length, frequency, i) => Math.PI / length * frequency * (i + 0.5));

    /// <summary>The hash of a picture.</summary>
    public static byte[] Of(Raster picture)
    {
        (int width, int height) = (picture.Width, picture.Height);
        int longer = Math.Max(width, height);
        double[] channels = ArrayPool<double>.Shared.Rent(4 * width * height);
        bool hasAlpha = Separate(picture, channels);
        int limit = hasAlpha ? 5 : 7;
        int lx = Math.Max(1, Round((double)(limit * width) / longer)), ly = Math.Max(1, Round((double)(limit * height) / longer));

        Span<byte> hash = stackalloc byte[MaxBytes];
        hash.Clear();
        var writer = new Writer(hash, hasAlpha ? 6 : 5);
        (double Constant, double Scale) l = Encode(Plane(0), picture, Math.Max(3, lx), Math.Max(3, ly), ref writer);
        (double Constant, double Scale) p = Encode(Plane(1), picture, 3, 3, ref writer);
        (double Constant, double Scale) q = Encode(Plane(2), picture, 3, 3, ref writer);
        if (hasAlpha)
        {
            (double Constant, double Scale) a = Encode(Plane(3), picture, 5, 5, ref writer);
            hash[5] = (byte)(Round(15 * a.Constant) | (Round(15 * a.Scale) << 4));
        }

        bool isLandscape = width > height;
        int head = Round(63 * l.Constant) | (Round(31.5 + (31.5 * p.Constant)) << 6) | (Round(31.5 + (31.5 * q.Constant)) << 12)
            | (Round(31 * l.Scale) << 18) | (hasAlpha ? 1 << 23 : 0);
        int next = (isLandscape ? ly : lx) | (Round(63 * p.Scale) << 3) | (Round(63 * q.Scale) << 9) | (isLandscape ? 1 << 15 : 0);
        (hash[0], hash[1], hash[2], hash[3], hash[4]) = ((byte)head, (byte)(head >> 8), (byte)(head >> 16), (byte)next, (byte)(next >> 8));
        ArrayPool<double>.Shared.Return(channels);
        return hash[..writer.Length].ToArray();

        ReadOnlySpan<double> Plane(int index) => channels.AsSpan(index * width * height, width * height);
    }

    /// <summary>Luminance, yellow against blue, red against green, and alpha, each a plane; on the mean colour where a pixel is transparent.
    /// Returns whether any is.</summary>
    private static bool Separate(Raster picture, double[] channels)
    {
        ReadOnlySpan<byte> rgba = picture.Rgba;
        (double red, double green, double blue, double opacity) = (0, 0, 0, 0);
        for (int i = 0; i < rgba.Length; i += 4)
        {
            double alpha = rgba[i + 3] / 255.0;
            red += alpha / 255 * rgba[i];
            green += alpha / 255 * rgba[i + 1];
            blue += alpha / 255 * rgba[i + 2];
            opacity += alpha;
        }

        if (opacity > 0)
        {
            (red, green, blue) = (red / opacity, green / opacity, blue / opacity);
        }

        int count = picture.Pixels.Length;
        for (int i = 0; i < count; i++)
        {
            double alpha = rgba[(4 * i) + 3] / 255.0;
            double r = (red * (1 - alpha)) + (alpha / 255 * rgba[4 * i]);
            double g = (green * (1 - alpha)) + (alpha / 255 * rgba[(4 * i) + 1]);
            double b = (blue * (1 - alpha)) + (alpha / 255 * rgba[(4 * i) + 2]);
            channels[i] = (r + g + b) / 3;
            channels[count + i] = ((r + g) / 2) - b;
            channels[(2 * count) + i] = r - g;
            channels[(3 * count) + i] = alpha;
        }

        return opacity < count;
    }

    /// <summary>Writes the varying terms of a channel's cosine transform, by their largest. Returns the constant term and the largest.</summary>
    private static (double Constant, double Scale) Encode(ReadOnlySpan<double> channel, Raster picture, int nx, int ny, ref Writer writer)
    {
        Span<double> all = stackalloc double[Frequencies * Frequencies];
        for (int cy = 0; cy < ny; cy += Block)
        {
            for (int cx = 0; cx * ny < nx * (ny - cy); cx += Block)
            {
                Transform(channel, picture, cx, cy, all);
            }
        }

        Span<double> terms = stackalloc double[Frequencies * Frequencies];
        int count = 0;
        for (int cy = 0; cy < ny; cy++)
        {
            for (int cx = 0; cx * ny < nx * (ny - cy); cx++)
            {
                terms[count++] = all[(cy * Frequencies) + cx] / channel.Length;
            }
        }

        double scale = 0;
        foreach (double term in terms[1..count])
        {
            scale = Math.Max(scale, Math.Abs(term));
        }

        foreach (double term in terms[1..count])
        {
            writer.Add(Round(15 * (scale > 0 ? 0.5 + (0.5 / scale * term) : term)));
        }

        return (terms[0], scale);
    }

    /// <summary>The terms of four frequencies along the rows, with four along the columns.</summary>
    private static void Transform(ReadOnlySpan<double> channel, Raster picture, int cx, int cy, Span<double> terms)
    {
        ReadOnlySpan<double> alongRow = Cosines.Of(picture.Width), alongColumn = Cosines.Of(picture.Height);
        Vector256<double> sum0 = default, sum1 = default, sum2 = default, sum3 = default;
        for (int y = 0; y < picture.Height; y++)
        {
            ReadOnlySpan<double> column = alongColumn.Slice((y * Frequencies) + cy, Block);
            (double column0, double column1, double column2, double column3) = (column[0], column[1], column[2], column[3]);
            ReadOnlySpan<double> row = channel.Slice(y * picture.Width, picture.Width);
            for (int x = 0; x < row.Length; x++)
            {
                Vector256<double> values = Vector256.Create(alongRow[((x * Frequencies) + cx)..]) * row[x];
                sum0 += values * column0;
                sum1 += values * column1;
                sum2 += values * column2;
                sum3 += values * column3;
            }
        }

        terms = terms[((cy * Frequencies) + cx)..];
        sum0.CopyTo(terms);
        sum1.CopyTo(terms[Frequencies..]);
        sum2.CopyTo(terms[(2 * Frequencies)..]);
        sum3.CopyTo(terms[(3 * Frequencies)..]);
    }

    /// <summary>As JavaScript rounds.</summary>
    private static int Round(double value) => (int)Math.Floor(value + 0.5);

    /// <summary>Writes terms of four bits, the lower half of a byte first.</summary>
    private ref struct Writer(Span<byte> hash, int start)
    {
        private readonly Span<byte> _hash = hash;
        private int _terms;

        public readonly int Length => start + ((_terms + 1) / 2);

        public void Add(int term)
        {
            _hash[start + (_terms / 2)] |= (byte)(term << (4 * (_terms % 2)));
            _terms++;
        }
    }
}
