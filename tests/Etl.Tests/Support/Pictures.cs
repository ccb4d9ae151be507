using SkiaSharp;

namespace Etl.Tests.Support;

/// <summary>Encoded pictures.</summary>
internal static class Pictures
{
    /// <summary>A PNG of four stripes.</summary>
    /// <param name="side">Its width and its height in pixels.</param>
    public static byte[] Stripes(int side = 64)
    {
        using var bitmap = new SKBitmap(side, side);
        using var canvas = new SKCanvas(bitmap);
        SKColor[] colors = [new(200, 40, 40), new(40, 160, 60), new(50, 60, 190), new(220, 200, 80)];
        for (int i = 0; i < colors.Length; i++)
        {
            using var paint = new SKPaint { Color = colors[i] };
            canvas.DrawRect(new SKRect(side * i / 4, 0, side * (i + 1) / 4, side), paint);
        }

        using SKData data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }
}
