using SkiaSharp;

namespace Etl.Demo.Motifs;

/// <summary>A road that runs straight to the horizon under a wide sky.</summary>
internal static class OpenRoad
{
    public static void Paint(PosterSheet sheet)
    {
        PosterTheme theme = sheet.Theme;
        sheet.Wash(theme.Deep, theme.Middle, theme.Accent, theme.Light, theme.Light);
        float horizon = sheet.Height * sheet.Between(0.44f, 0.52f), x = sheet.Between(38f, 62f);
        float radius = sheet.Between(9f, 16f);
        sheet.Glow(x, horizon - radius, radius * 3, theme.Light, 200);
        sheet.Disc(x, horizon - (radius * 0.6f), radius, theme.Light);
        PaintClouds(sheet, horizon);
        Ridge.Peaks(sheet, horizon - 3, 7, PosterTheme.Mix(theme.Middle, theme.Deep, 0.5f));

        SKColor land = PosterTheme.Mix(theme.Deep, theme.Middle, 0.45f);
        sheet.Bar(0, horizon, PosterSheet.Width, sheet.Height - horizon, land);
        for (int i = 0; i < 5; i++)
        {
            Ridge.Hills(sheet, horizon + 3 + (i * i * 3.4f), 1 + (0.4f * i), PosterTheme.Mix(land, theme.Night, 0.13f * (i + 1)));
        }

        PaintRoad(sheet, x, horizon);
    }

    private static void PaintClouds(PosterSheet sheet, float horizon)
    {
        for (int i = sheet.Between(5, 10); i > 0; i--)
        {
            float y = horizon * sheet.Between(0.1f, 0.8f), width = sheet.Between(20f, 60f), left = sheet.Between(-20f, 90f);
            SKColor color = PosterTheme.Mix(sheet.Theme.Accent, sheet.Theme.Light, sheet.Between(0f, 1f)).WithAlpha(90);
            using var cloud = new SKPathBuilder();
            cloud.AddOval(SKRect.Create(left, y, width, width * 0.045f), SKPathDirection.Clockwise);
            var upper = SKRect.Create(left + (width * 0.3f), y - (width * 0.03f), width * 0.9f, width * 0.05f);
            cloud.AddOval(upper, SKPathDirection.Clockwise);
            sheet.Shape(color, cloud);
        }
    }

    private static void PaintRoad(PosterSheet sheet, float x, float horizon)
    {
        float foot = sheet.Height;
        sheet.Polygon(sheet.Theme.Night, new(x - 0.6f, horizon), new(x + 0.6f, horizon), new(92, foot), new(8, foot));
        float deep = foot - horizon;
        for (float near = 0.03f; near < 1; near *= 1.5f)
        {
            SKPoint At(float share, float aside) => new(float.Lerp(x, 50, share) + (aside * share), horizon + (deep * share));

            float nearer = near * 1.24f;
            sheet.Polygon(sheet.Theme.Accent, At(near, -1.6f), At(near, 1.6f), At(nearer, 1.6f), At(nearer, -1.6f));
        }
    }
}
