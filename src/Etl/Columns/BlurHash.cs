using PaletteEtl.Palettes;

namespace PaletteEtl.Columns;

/// <summary>BlurHash, a placeholder of a picture as a short text.</summary>
/// <remarks>Wolt, https://github.com/woltapp/blurhash/blob/master/Algorithm.md.</remarks>
internal static class BlurHash
{
    private const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~";
    private const int MaxComponents = 9;

    private static readonly double[] Linear = [.. Enumerable.Range(0, 256).Select(static value => LinearOf(value / 255.0))];

    /// <summary>Whether a character is a digit of a hash.</summary>
    public static bool IsDigit(char digit) => Digits.Contains(digit, StringComparison.Ordinal);

    /// <summary>The hash of a picture.</summary>
    /// <param name="picture">The picture, whose transparency does not count.</param>
    /// <param name="componentsX">Components of a row, 1 to 9.</param>
    /// <param name="componentsY">Rows of components, 1 to 9.</param>
    public static string Of(Raster picture, int componentsX, int componentsY)
    {
        (double R, double G, double B)[] terms = Terms(picture, componentsX, componentsY);
        double highest = terms.Skip(1).Select(static term => Math.Max(term.R, Math.Max(term.G, term.B))).DefaultIfEmpty(0).Max();
        int maximum = terms.Length > 1 ? (int)Math.Clamp(Math.Floor((highest * 166) - 0.5), 0, 82) : 0;
        double scale = terms.Length > 1 ? (maximum + 1) / 166.0 : 1;

        Span<char> hash = stackalloc char[4 + (2 * terms.Length)];
        Write(hash[..1], componentsX - 1 + ((componentsY - 1) * MaxComponents));
        Write(hash.Slice(1, 1), maximum);
        Write(hash.Slice(2, 4), (Gamma(terms[0].R) << 16) + (Gamma(terms[0].G) << 8) + Gamma(terms[0].B));
        for (int i = 1; i < terms.Length; i++)
        {
            int value = (Quantize(terms[i].R / scale) * 19 * 19) + (Quantize(terms[i].G / scale) * 19) + Quantize(terms[i].B / scale);
            Write(hash.Slice(4 + (2 * i), 2), value);
        }

        return new string(hash);
    }

    private static (double R, double G, double B)[] Terms(Raster picture, int componentsX, int componentsY)
    {
        int count = picture.Pixels.Length;
        double[] planes = new double[3 * count];
        ReadOnlySpan<byte> rgba = picture.Rgba;
        for (int i = 0; i < count; i++)
        {
            planes[i] = Linear[rgba[4 * i]];
            planes[count + i] = Linear[rgba[(4 * i) + 1]];
            planes[(2 * count) + i] = Linear[rgba[(4 * i) + 2]];
        }

        var terms = new (double, double, double)[componentsX * componentsY];
        for (int x = 0; x < componentsX; x++)
        {
            double[] columns = Basis(picture.Width, x);
            double[] red = SumRows(0), green = SumRows(1), blue = SumRows(2);
            for (int y = 0; y < componentsY; y++)
            {
                double[] rows = Basis(picture.Height, y);
                double norm = (x == 0 && y == 0 ? 1.0 : 2) / count;
                terms[(y * componentsX) + x] = (norm * Cosines.Dot(red, rows), norm * Cosines.Dot(green, rows), norm * Cosines.Dot(blue, rows));
            }

            double[] SumRows(int plane) => Cosines.SumRows(planes.AsSpan(plane * count, count), columns);
        }

        return terms;
    }

    private static double[] Basis(int length, int frequency) =>
        [.. Enumerable.Range(0, length).Select(i => Math.Cos(Math.PI * frequency * i / length))];

    private static int Quantize(double value) =>
        (int)Math.Clamp(Math.Floor((Math.CopySign(Math.Sqrt(Math.Abs(value)), value) * 9) + 9.5), 0, 18);

    private static void Write(Span<char> hash, int value)
    {
        for (int i = hash.Length - 1; i >= 0; i--)
        {
            (value, int digit) = Math.DivRem(value, Digits.Length);
            hash[i] = Digits[digit];
        }
    }

    private static double LinearOf(double value) => value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);

    private static int Gamma(double linear)
    {
        double value = Math.Clamp(linear, 0, 1);
        return (int)(((value <= 0.0031308 ? value * 12.92 : (1.055 * Math.Pow(value, 1 / 2.4)) - 0.055) * 255) + 0.5);
    }
}
