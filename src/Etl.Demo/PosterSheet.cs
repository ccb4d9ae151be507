using SkiaSharp;

namespace Etl.Demo;

/// <summary>The sheet of a poster: 100 units wide at every size, with the colours and the random numbers for drawing.</summary>
internal sealed class PosterSheet(SKCanvas canvas, float height, PosterTheme theme, Random random)
{
    public const float Width = 100;

    public SKCanvas Canvas => canvas;

    public float Height => height;

    public PosterTheme Theme => theme;

    /// <summary>A number from a range.</summary>
    public float Between(float least, float most) => least + (random.NextSingle() * (most - least));

    /// <summary>A whole number from a range, both ends included.</summary>
    public int Between(int least, int most) => random.Next(least, most + 1);

    /// <summary>True for a share of the calls.</summary>
    public bool Chance(float share) => random.NextSingle() < share;

    /// <summary>Covers the sheet with colours that run into each other from top to bottom.</summary>
    public void Wash(params ReadOnlySpan<SKColor> colors) => Fade(0, height, colors);

    /// <summary>Covers a part of the sheet, from one height to another, with colours that run into each other.</summary>
    /// <remarks>Plain bars, about a pixel high each, take a fraction of the time of Skia's gradient.</remarks>
    public void Fade(float top, float foot, params ReadOnlySpan<SKColor> colors)
    {
        using var paint = new SKPaint();
        int bars = (int)((foot - top) * 5);
        float tall = (foot - top) / bars;
        for (int i = 0; i < bars; i++)
        {
            float at = (float)i / bars * (colors.Length - 1);
            paint.Color = PosterTheme.Mix(colors[(int)at], colors[(int)at + 1], at - (int)at);
            canvas.DrawRect(SKRect.Create(0, top + (i * tall), Width, tall), paint);
        }
    }

    /// <summary>Light that fades away from a point.</summary>
    public void Glow(float x, float y, float radius, SKColor color, byte strength = 200)
    {
        using SKShader shader = SKShader.CreateRadialGradient(
            new SKPoint(x, y), radius, [color.WithAlpha(strength), color.WithAlpha(0)], SKShaderTileMode.Clamp);
        using var paint = new SKPaint { Shader = shader };
        canvas.DrawCircle(x, y, radius, paint);
    }

    public void Disc(float x, float y, float radius, SKColor color)
    {
        using SKPaint paint = Ink(color);
        canvas.DrawCircle(x, y, radius, paint);
    }

    public void Ring(float x, float y, float radius, float thickness, SKColor color)
    {
        using SKPaint paint = Ink(color);
        paint.Style = SKPaintStyle.Stroke;
        paint.StrokeWidth = thickness;
        canvas.DrawCircle(x, y, radius, paint);
    }

    public void Bar(float left, float top, float width, float tall, SKColor color)
    {
        using SKPaint paint = Ink(color);
        canvas.DrawRect(SKRect.Create(left, top, width, tall), paint);
    }

    public void Polygon(SKColor color, params ReadOnlySpan<SKPoint> corners)
    {
        using var outline = new SKPathBuilder();
        outline.AddPoly(corners, close: true);
        Shape(color, outline);
    }

    public void Shape(SKColor color, SKPathBuilder outline)
    {
        using SKPath path = outline.Detach();
        using SKPaint paint = Ink(color);
        canvas.DrawPath(path, paint);
    }

    private static SKPaint Ink(SKColor color) => new() { Color = color, IsAntialias = true };
}
