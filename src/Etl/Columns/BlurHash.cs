using System.Runtime.Intrinsics;
using PaletteEtl.Palettes;

namespace PaletteEtl.Columns;

/// <summary>BlurHash, a placeholder of a picture as a short text.</summary>
/// <remarks>Wolt, https://github.com/woltapp/blurhash/blob/master/Algorithm.md.</remarks>
internal static class BlurHash
{
    private const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~";
    private const int MaxComponents = 9;
    private const int Red = 0, Green = 1, Blue = 2;

    private static readonly CosineTable Cosines = new(MaxComponents, static (length, frequency, i) => Math.PI * frequency * i / length);
    private static readonly double[] Linear = [.. Enumerable.Range(0, 256).Select(static value => LinearOf(value / 255.0))];

    /// <summary>Whether a character is a digit of a hash.</summary>
    public static bool IsDigit(char digit) => Digits.Contains(digit, StringComparison.Ordinal);

    /// <summary>The hash of a picture.</summary>
    /// <param name="picture">The picture, whose transparency does not count.</param>
    /// <param name="componentsX">Components of a row, 1 to 9.</param>
    /// <param name="componentsY">Rows of components, 1 to 9.</param>
    public static string Of(Raster picture, int componentsX, int componentsY)
    {
        Span<Vector256<double>> terms = stackalloc Vector256<double>[componentsX * componentsY];
        Transform(picture, componentsX, terms);
        double highest = 0;
        foreach (Vector256<double> term in terms[1..])
        {
            highest = Math.Max(highest, Math.Max(term[Red], Math.Max(term[Green], term[Blue])));
        }

        int maximum = (int)Math.Clamp(Math.Floor((highest * 166) - 0.5), 0, 82);
        double scale = (maximum + 1) / 166.0;

        Span<char> hash = stackalloc char[4 + (2 * terms.Length)];
        Write(hash[..1], componentsX - 1 + ((componentsY - 1) * MaxComponents));
        Write(hash.Slice(1, 1), maximum);
        Write(hash.Slice(2, 4), (Gamma(terms[0][Red]) << 16) + (Gamma(terms[0][Green]) << 8) + Gamma(terms[0][Blue]));
        for (int i = 1; i < terms.Length; i++)
        {
            Vector256<double> term = terms[i] / scale;
            Write(hash.Slice(4 + (2 * i), 2), (((Quantize(term[Red]) * 19) + Quantize(term[Green])) * 19) + Quantize(term[Blue]));
        }

        return new string(hash);
    }

    /// <summary>The terms of the cosine transform, each with its red, green and blue, first over the rows, then over the columns.</summary>
    private static void Transform(Raster picture, int componentsX, Span<Vector256<double>> terms)
    {
        ReadOnlySpan<double> alongRow = Cosines.Of(picture.Width), alongColumn = Cosines.Of(picture.Height);
        Span<Vector256<double>> sums = stackalloc Vector256<double>[MaxComponents];
        sums = sums[..componentsX];
        terms.Clear();
        for (int y = 0; y < picture.Height; y++)
        {
            sums.Clear();
            for (int x = 0; x < picture.Width; x++)
            {
                uint pixel = picture.Pixels[(y * picture.Width) + x];
                var color = Vector256.Create(Linear[(byte)pixel], Linear[(byte)(pixel >> 8)], Linear[(byte)(pixel >> 16)], 0);
                ReadOnlySpan<double> row = alongRow.Slice(x * MaxComponents, componentsX);
                for (int cx = 0; cx < row.Length; cx++)
                {
                    sums[cx] += color * row[cx];
                }
            }

            for (int i = 0; i < terms.Length; i++)
            {
                terms[i] += sums[i % componentsX] * alongColumn[(y * MaxComponents) + (i / componentsX)];
            }
        }

        for (int i = 0; i < terms.Length; i++)
        {
            terms[i] *= (i == 0 ? 1.0 : 2) / picture.Pixels.Length;
        }
    }

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
