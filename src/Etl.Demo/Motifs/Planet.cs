using SkiaSharp;

namespace Etl.Demo.Motifs;

/// <summary>A planet in half light among stars, with bands, a ring and a moon.</summary>
internal static class Planet
{
    public static void Paint(PosterSheet sheet)
    {
        PosterTheme theme = sheet.Theme;
        sheet.Wash(PosterTheme.Mix(theme.Night, SKColors.Black, 0.4f), theme.Night, theme.Deep);
        sheet.Glow(sheet.Between(0f, 100f), sheet.Between(20f, 120f), sheet.Between(50f, 80f), theme.Middle, 120);
        sheet.Glow(sheet.Between(0f, 100f), sheet.Between(20f, 120f), sheet.Between(30f, 60f), theme.Accent, 60);
        for (int i = 0; i < 160; i++)
        {
            SKColor star = theme.Light.WithAlpha((byte)sheet.Between(80, 255));
            sheet.Disc(sheet.Between(0f, 100f), sheet.Between(0f, sheet.Height), sheet.Between(0.1f, 0.42f), star);
        }

        float x = sheet.Between(30f, 70f), y = sheet.Height * sheet.Between(0.36f, 0.5f), radius = sheet.Between(20f, 36f);
        sheet.Glow(x, y, radius * 1.5f, theme.Accent, 190);
        PaintGlobe(sheet, x, y, radius);
        if (sheet.Chance(0.6f))
        {
            PaintRing(sheet, x, y, radius);
        }

        sheet.Disc(x - (radius * 1.15f), y - (radius * 0.8f), sheet.Between(2f, 5f), theme.Light);
    }

    private static void PaintGlobe(PosterSheet sheet, float x, float y, float radius)
    {
        using var outline = new SKPathBuilder();
        outline.AddCircle(x, y, radius, SKPathDirection.Clockwise);
        using SKPath globe = outline.Detach();
        sheet.Canvas.Save();
        sheet.Canvas.ClipPath(globe, antialias: true);
        sheet.Bar(x - radius, y - radius, 2 * radius, 2 * radius, sheet.Theme.Accent);
        for (float top = y - radius; top < y + radius; top += sheet.Between(3f, 8f))
        {
            SKColor other = sheet.Chance(0.5f) ? sheet.Theme.Light : sheet.Theme.Middle;
            SKColor band = PosterTheme.Mix(sheet.Theme.Accent, other, sheet.Between(0.1f, 0.6f));
            sheet.Bar(x - radius, top, 2 * radius, sheet.Between(1.5f, 5f), band);
        }

        SKColor night = sheet.Theme.Night;
        using SKShader shade = SKShader.CreateRadialGradient(
            new SKPoint(x - (radius * 0.55f), y - (radius * 0.5f)),
            radius * 1.75f,
            [night.WithAlpha(0), night.WithAlpha(0), PosterTheme.Mix(night, SKColors.Black, 0.3f)],
            [0, 0.35f, 1],
            SKShaderTileMode.Clamp);
        using var paint = new SKPaint { Shader = shade };
        sheet.Canvas.DrawPaint(paint);
        sheet.Canvas.Restore();
    }

    private static void PaintRing(PosterSheet sheet, float x, float y, float radius)
    {
        float tilt = sheet.Between(-28f, 28f);
        foreach ((float reach, float thickness) in ((float, float)[])[(1.45f, 0.8f), (1.6f, 2.2f), (1.8f, 1f)])
        {
            using var paint = new SKPaint
            {
                Color = sheet.Theme.Light.WithAlpha(190),
                IsAntialias = true,
                Style = SKPaintStyle.Stroke,
                StrokeWidth = thickness,
            };
            sheet.Canvas.Save();
            sheet.Canvas.RotateDegrees(tilt, x, y);
            float half = radius * reach;
            var oval = SKRect.Create(x - half, y - (half * 0.24f), 2 * half, half * 0.48f);
            sheet.Canvas.DrawArc(oval, -22, 224, useCenter: false, paint); // the far part is behind the globe
            sheet.Canvas.Restore();
        }
    }
}
