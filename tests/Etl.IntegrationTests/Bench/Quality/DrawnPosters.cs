using Etl.Demo;
using SkiaSharp;

namespace Etl.IntegrationTests.Bench.Quality;

/// <summary>Posters that are the same on every machine.</summary>
internal static class DrawnPosters
{
    private const int Width = 400, Height = 600;

    /// <summary>The posters by name. The end of the name is the format.</summary>
    public static IEnumerable<(string Name, byte[] Cover)> All =>
    [
        .. from index in (int[])[0, 1]
           from format in (string[])["jpg", "png", "webp"]
           select ($"demo-{index}.{format}", Encode(Painted(index), format)),
        ("demo-2.jpg", Encode(Painted(2), "jpg")),
        ("demo-3.jpg", Encode(Painted(3), "jpg")),
        ("framed.jpg", Encode(Framed(), "jpg")),
        ("vivid.png", Encode(Drawn(Vivid), "png")),
        ("patch.jpg", Encode(Drawn(Patch), "jpg")),
        ("gradients.webp", Encode(Drawn(Gradients), "webp")),
    ];

    private static SKBitmap Painted(int index)
    {
        var movie = DemoMovie.At(index);
        return PosterPainter.Paint(movie.Seed, movie.Title);
    }

    /// <summary>A painted poster in a white frame.</summary>
    private static SKBitmap Framed()
    {
        SKBitmap poster = Painted(0);
        using var canvas = new SKCanvas(poster);
        using var paint = new SKPaint { Color = SKColors.White, Style = SKPaintStyle.Stroke, StrokeWidth = 60 };
        canvas.DrawRect(SKRect.Create(poster.Width, poster.Height), paint);
        return poster;
    }

    private static SKBitmap Drawn(Func<int, int, SKColor> pixel)
    {
        var bitmap = new SKBitmap(new SKImageInfo(Width, Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        for (int i = 0; i < Width * Height; i++)
        {
            (int y, int x) = Math.DivRem(i, Width);
            bitmap.SetPixel(x, y, pixel(x, y));
        }

        return bitmap;
    }

    /// <summary>Three large areas of vivid colours, each lighter towards the bottom.</summary>
    private static SKColor Vivid(int x, int y) => SKColor.FromHsv(x * 3 / Width * 110, 90, 50 + (50f * y / Height));

    /// <summary>Greys with a red rectangle on 0.8 % of the poster.</summary>
    private static SKColor Patch(int x, int y) => x is >= 100 and < 164 && y is >= 400 and < 430
        ? new SKColor(red: 200, green: 20, blue: 30)
        : Grey((y * 200 / Height) + ((x * 7) + (y * 13)) % 40);

    /// <summary>Every hue from left to right, from dark to light and from grey to vivid.</summary>
    private static SKColor Gradients(int x, int y) => SKColor.FromHsv(360f * x / Width, 100f * y / Height, 20 + (80f * y / Height));

    private static SKColor Grey(int value) => new((byte)value, (byte)value, (byte)value);

    private static byte[] Encode(SKBitmap poster, string format)
    {
        using (poster)
        {
            using SKPixmap pixels = poster.PeekPixels();
            using SKData data = format switch
            {
                "png" => pixels.Encode(new SKPngEncoderOptions(SKPngEncoderFilterFlags.Sub, zLibLevel: 1))!,
                "webp" => pixels.Encode(new SKWebpEncoderOptions(SKWebpEncoderCompression.Lossy, quality: 80))!,
                _ => pixels.Encode(new SKJpegEncoderOptions(quality: 85))!,
            };
            return data.ToArray();
        }
    }
}
