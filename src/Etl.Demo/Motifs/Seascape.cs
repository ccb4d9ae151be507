using SkiaSharp;

namespace Etl.Demo.Motifs;

/// <summary>A low sun or moon, its light in strips on the sea, and a sail.</summary>
internal static class Seascape
{
    public static void Paint(PosterSheet sheet)
    {
        PosterTheme theme = sheet.Theme;
        bool night = sheet.Chance(0.5f);
        float horizon = sheet.Height * sheet.Between(0.5f, 0.6f);
        sheet.Wash(night ? theme.Night : theme.Middle, night ? theme.Deep : theme.Accent, night ? theme.Middle : theme.Light);

        float x = sheet.Between(30f, 70f), radius = sheet.Between(13f, 25f);
        float y = horizon - (radius * sheet.Between(0.1f, 1.1f));
        SKColor light = night ? theme.Light : PosterTheme.Mix(theme.Accent, theme.Light, 0.6f);
        sheet.Glow(x, y, radius * 3.5f, light, 150);
        sheet.Disc(x, y, radius, light);
        PaintSea(sheet, horizon);
        PaintReflection(sheet, x, horizon, radius, light);
        PaintSail(sheet, sheet.Between(18f, 82f), horizon + sheet.Between(4f, 14f), sheet.Between(12f, 26f));
    }

    private static void PaintSea(PosterSheet sheet, float horizon)
    {
        const int Waves = 14;
        SKColor far = PosterTheme.Mix(sheet.Theme.Middle, sheet.Theme.Deep, 0.4f);
        for (int i = 0; i < Waves; i++)
        {
            float share = (float)i / Waves;
            float top = horizon + ((sheet.Height - horizon) * share * share);
            SKColor color = PosterTheme.Mix(far, sheet.Theme.Night, share);
            if (i == 0)
            {
                sheet.Bar(0, top, PosterSheet.Width, sheet.Height - top, color);
            }
            else
            {
                Ridge.Hills(sheet, top, 0.3f + (1.6f * share), color);
            }
        }
    }

    private static void PaintReflection(PosterSheet sheet, float x, float horizon, float radius, SKColor light)
    {
        for (float y = horizon + 0.6f; y < sheet.Height; y += 1.1f + ((y - horizon) * 0.045f))
        {
            float depth = (y - horizon) / (sheet.Height - horizon);
            float half = radius * (1 - (0.55f * depth)) * sheet.Between(0.35f, 1.05f);
            byte strength = (byte)(210 * (1 - (0.85f * depth)));
            sheet.Bar(x - half + sheet.Between(-2f, 2f), y, 2 * half, 0.5f + (0.7f * depth), light.WithAlpha(strength));
        }
    }

    private static void PaintSail(PosterSheet sheet, float x, float water, float tall)
    {
        SKPoint At(float aside, float up) => new(x + (aside * tall), water - (up * tall));

        sheet.Polygon(sheet.Theme.Light, At(-0.02f, 1), At(-0.02f, 0.09f), At(-0.42f, 0.09f));
        sheet.Polygon(sheet.Theme.Accent, At(0.02f, 0.9f), At(0.02f, 0.09f), At(0.3f, 0.09f));
        sheet.Polygon(sheet.Theme.Night, At(-0.4f, 0.065f), At(0.4f, 0.065f), At(0.28f, -0.075f), At(-0.3f, -0.075f));
    }
}
