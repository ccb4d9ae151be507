using SkiaSharp;

namespace Etl.Demo.Motifs;

/// <summary>Rays from a rising sun, and one person walking toward it.</summary>
internal static class Sunburst
{
    public static void Paint(PosterSheet sheet)
    {
        PosterTheme theme = sheet.Theme;
        sheet.Wash(theme.Accent, PosterTheme.Mix(theme.Accent, theme.Light, 0.5f));
        var sun = new SKPoint(sheet.Between(38f, 62f), sheet.Height * sheet.Between(0.4f, 0.47f));
        PaintRays(sheet, sun);

        float radius = sheet.Between(13f, 20f);
        sheet.Glow(sun.X, sun.Y, radius * 2.6f, theme.Light, 220);
        sheet.Disc(sun.X, sun.Y, radius, theme.Light);
        sheet.Ring(sun.X, sun.Y, radius + 2.5f, 0.8f, theme.Light);

        float ground = sun.Y + (radius * 0.35f);
        Ridge.Hills(sheet, ground + 6, 3, theme.Deep);
        Ridge.Hills(sheet, ground + 16, 2, theme.Night);
        float foot = ground + sheet.Between(18f, 24f);
        sheet.Polygon(
            PosterTheme.Mix(theme.Night, SKColors.Black, 0.5f),
            new(sun.X - 1.6f, foot), new(sun.X + 1.6f, foot), new(sun.X + 7, foot + 26), new(sun.X - 7, foot + 26));
        Figure.Stand(sheet, sun.X, foot, 26, PosterTheme.Mix(theme.Night, SKColors.Black, 0.35f));
    }

    private static void PaintRays(PosterSheet sheet, SKPoint sun)
    {
        int rays = sheet.Between(10, 20);
        float turn = sheet.Between(0f, 1f);
        for (int i = 0; i < rays; i++)
        {
            float angle = (i + turn) * MathF.Tau / rays;
            SKColor color = i % 3 == 0 ? sheet.Theme.Deep : sheet.Theme.Middle;
            sheet.Polygon(color, sun, Toward(sun, angle), Toward(sun, angle + (MathF.PI / rays)));
        }
    }

    private static SKPoint Toward(SKPoint from, float angle)
    {
        (float sine, float cosine) = MathF.SinCos(angle);
        return new SKPoint(from.X + (220 * cosine), from.Y + (220 * sine));
    }
}
