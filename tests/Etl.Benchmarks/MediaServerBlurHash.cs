using SkiaSharp;

namespace Etl.Benchmarks;

/// <summary>The BlurHash of a cover as media servers with SkiaSharp make it: decoded whole, shrunk to at most 128 pixels a side, encoded
/// with tables of cosines and of linear values.</summary>
internal static class MediaServerBlurHash
{
    private const int MaxSide = 128;
    private const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~";

    private static readonly float[] Linear =
    [
        .. Enumerable.Range(0, 256).Select(static value => value / 255f).Select(static value =>
            value <= 0.04045f ? value / 12.92f : MathF.Pow((value + 0.055f) / 1.055f, 2.4f)),
    ];

    public static string Of(string path)
    {
        using var whole = SKBitmap.Decode(path);
        float scale = Math.Min(1, (float)MaxSide / Math.Max(whole.Width, whole.Height));
        var size = new SKSizeI(Math.Max(1, (int)(whole.Width * scale)), Math.Max(1, (int)(whole.Height * scale)));
        using SKBitmap small = whole.Resize(size, new SKSamplingOptions(SKFilterMode.Linear));
        return small.Height > small.Width ? Encode(small, 3, 4) : Encode(small, 4, 3);
    }

    private static string Encode(SKBitmap picture, int componentsX, int componentsY)
    {
        float[] terms = Terms(picture, componentsX, componentsY);
        float highest = terms.Skip(3).Max(MathF.Abs);
        int maximum = Math.Clamp((int)MathF.Floor((highest * 166) - 0.5f), 0, 82);
        float scale = (maximum + 1) / 166f;
        Span<char> hash = stackalloc char[4 + (2 * componentsX * componentsY)];
        Write(hash[..1], componentsX - 1 + ((componentsY - 1) * 9));
        Write(hash.Slice(1, 1), maximum);
        Write(hash.Slice(2, 4), (Gamma(terms[0]) << 16) + (Gamma(terms[1]) << 8) + Gamma(terms[2]));
        for (int i = 1; i < componentsX * componentsY; i++)
        {
            int value = (Quantize(terms[3 * i] / scale) * 361) + (Quantize(terms[(3 * i) + 1] / scale) * 19) + Quantize(terms[(3 * i) + 2] / scale);
            Write(hash.Slice(4 + (2 * i), 2), value);
        }

        return new string(hash);
    }

    private static float[] Terms(SKBitmap picture, int componentsX, int componentsY)
    {
        (int width, int height, int stride) = (picture.Width, picture.Height, picture.RowBytes);
        float[] alongRow = Cosines(width, componentsX), alongColumn = Cosines(height, componentsY);
        float[] terms = new float[3 * componentsX * componentsY];
        ReadOnlySpan<byte> bytes = picture.GetPixelSpan();
        (int red, int blue) = picture.ColorType == SKColorType.Bgra8888 ? (2, 0) : (0, 2);
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                ReadOnlySpan<byte> pixel = bytes[((y * stride) + (4 * x))..];
                (float r, float g, float b) = (Linear[pixel[red]], Linear[pixel[1]], Linear[pixel[blue]]);
                for (int cy = 0, i = 0; cy < componentsY; cy++)
                {
                    for (int cx = 0; cx < componentsX; cx++, i += 3)
                    {
                        float basis = alongRow[(cx * width) + x] * alongColumn[(cy * height) + y];
                        terms[i] += basis * r;
                        terms[i + 1] += basis * g;
                        terms[i + 2] += basis * b;
                    }
                }
            }
        }

        for (int i = 0; i < terms.Length; i++)
        {
            terms[i] *= (i < 3 ? 1f : 2) / (width * height);
        }

        return terms;
    }

    private static float[] Cosines(int length, int components) =>
        [.. Enumerable.Range(0, length * components).Select(i => MathF.Cos(MathF.PI * (i / length) * (i % length) / length))];

    private static int Quantize(float value) =>
        (int)Math.Clamp(MathF.Floor((MathF.CopySign(MathF.Sqrt(MathF.Abs(value)), value) * 9) + 9.5f), 0, 18);

    private static int Gamma(float linear)
    {
        float value = Math.Clamp(linear, 0, 1);
        return (int)(((value <= 0.0031308f ? value * 12.92f : (1.055f * MathF.Pow(value, 1 / 2.4f)) - 0.055f) * 255) + 0.5f);
    }

    private static void Write(Span<char> hash, int value)
    {
        for (int i = hash.Length - 1; i >= 0; i--)
        {
            (value, int digit) = Math.DivRem(value, Digits.Length);
            hash[i] = Digits[digit];
        }
    }
}
