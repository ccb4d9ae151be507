using SkiaSharp;

namespace Etl.Demo.Motifs;

/// <summary>A corridor of frames, someone in the lit doorway at its end.</summary>
internal static class Corridor
{
    public static void Paint(PosterSheet sheet)
    {
        PosterTheme theme = sheet.Theme;
        sheet.Wash(theme.Night, theme.Night);
        float x = sheet.Between(42f, 58f), y = sheet.Height * sheet.Between(0.42f, 0.5f);
        int frames = sheet.Between(6, 10);
        bool arched = sheet.Chance(0.5f);
        for (int i = 0; i < frames; i++)
        {
            float share = (float)i / (frames - 1);
            float scale = MathF.Pow(0.13f, share);
            SKColor color = PosterTheme.Mix(theme.Night, i % 2 == 0 ? theme.Middle : theme.Accent, 0.12f + (0.8f * share));
            Frame(sheet, float.Lerp(50, x, share), float.Lerp(sheet.Height / 2, y, share), scale, arched, color);
        }

        float half = 100 * 0.13f * 0.55f, foot = y + (sheet.Height * 0.13f * 0.52f);
        sheet.Glow(x, y, half * 5, theme.Light, 200);
        Frame(sheet, x, y, 0.115f, arched, theme.Light);
        Cast(sheet, x, foot, half, 34, theme.Light.WithAlpha(110));
        Cast(sheet, x, foot, 1.4f, 9, theme.Night.WithAlpha(200));
        Figure.Stand(sheet, x, foot + 0.6f, sheet.Height * 0.095f, theme.Night);
    }

    /// <summary>Light or shadow on the floor, which widens toward the viewer.</summary>
    private static void Cast(PosterSheet sheet, float x, float top, float half, float halfAtFoot, SKColor color)
    {
        float foot = sheet.Height;
        sheet.Polygon(color, new(x - half, top), new(x + half, top), new(x + halfAtFoot, foot), new(x - halfAtFoot, foot));
    }

    private static void Frame(PosterSheet sheet, float x, float y, float scale, bool arched, SKColor color)
    {
        float half = 55 * scale, tall = sheet.Height * 0.52f * scale;
        using var outline = new SKPathBuilder();
        outline.AddRect(new SKRect(x - half, arched ? y - tall + half : y - tall, x + half, y + tall), SKPathDirection.Clockwise);
        if (arched)
        {
            outline.AddCircle(x, y - tall + half, half, SKPathDirection.Clockwise);
        }

        sheet.Shape(color, outline);
    }
}
