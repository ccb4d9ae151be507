using SkiaSharp;

namespace Etl.Demo;

/// <summary>Encodes the covers of movies: mostly as JPEG, some as PNG or WebP under the same extension.</summary>
internal static class DemoCover
{
    private const int PngEvery = 25;
    private const int WebPEvery = 40;

    /// <summary>A site's answer in place of a picture, as catalogues collect them.</summary>
    private static ReadOnlySpan<byte> ErrorPage =>
        "<!DOCTYPE html>\n<html><head><title>404 Not Found</title></head><body><h1>Not Found</h1></body></html>\n"u8;

    /// <summary>Number of covers that are broken on purpose in a catalogue of <paramref name="movies"/> movies.</summary>
    public static int Broken(int movies) => movies >= 2 ? 2 : 0;

    /// <summary>The bytes of a movie's file in a catalogue of <paramref name="movies"/> movies.</summary>
    public static ReadOnlySpan<byte> Encode(DemoMovie movie, int movies)
    {
        if (Broken(movies) > 0 && movie.Index == movies / 3)
        {
            ReadOnlySpan<byte> whole = Draw(movie, SKEncodedImageFormat.Jpeg);
            return whole[..(whole.Length / 2)];
        }

        if (Broken(movies) > 0 && movie.Index == 2 * movies / 3)
        {
            return ErrorPage;
        }

        return Draw(movie, FormatOf(movie));
    }

    private static SKEncodedImageFormat FormatOf(DemoMovie movie) =>
        movie.Index % PngEvery == PngEvery - 1 ? SKEncodedImageFormat.Png
        : movie.Index % WebPEvery == WebPEvery / 2 ? SKEncodedImageFormat.Webp
        : SKEncodedImageFormat.Jpeg;

    private static ReadOnlySpan<byte> Draw(DemoMovie movie, SKEncodedImageFormat format)
    {
        using SKBitmap poster = PosterPainter.Paint(movie.Seed, movie.Title);
        using SKPixmap pixels = poster.PeekPixels();
        using SKData? data = format switch
        {
            SKEncodedImageFormat.Png => pixels.Encode(new SKPngEncoderOptions(SKPngEncoderFilterFlags.Sub, zLibLevel: 1)),
            SKEncodedImageFormat.Webp => pixels.Encode(new SKWebpEncoderOptions(SKWebpEncoderCompression.Lossy, quality: 80)),
            _ => pixels.Encode(new SKJpegEncoderOptions(quality: 76 + (movie.Index % 12))),
        };
        return data is null ? throw new InvalidOperationException($"A poster could not be encoded as {format}.") : data.ToArray();
    }
}
