using SkiaSharp;

namespace Etl.Demo.Motifs;

/// <summary>A sun over ranges of hills or peaks that darken toward the viewer.</summary>
internal static class Mountains
{
    private const int Ranges = 5;

    public static void Paint(PosterSheet sheet)
    {
        PosterTheme theme = sheet.Theme;
        bool night = sheet.Chance(0.35f);
        SKColor top = night ? theme.Night : theme.Middle;
        SKColor low = night ? theme.Middle : theme.Light;
        sheet.Wash(top, PosterTheme.Mix(top, low, 0.45f), low);

        float x = sheet.Between(25f, 75f), y = sheet.Height * sheet.Between(0.28f, 0.42f), radius = sheet.Between(10f, 22f);
        SKColor sun = night ? theme.Light : theme.Accent;
        sheet.Glow(x, y, radius * 3.2f, sun, 170);
        sheet.Disc(x, y, radius, sun);

        bool peaks = sheet.Chance(0.5f);
        float horizon = sheet.Height * sheet.Between(0.45f, 0.55f);
        float step = (sheet.Height - horizon) / (Ranges + 0.6f);
        for (int i = 0; i < Ranges; i++)
        {
            SKColor color = PosterTheme.Mix(PosterTheme.Mix(low, theme.Middle, 0.6f), theme.Night, (float)i / (Ranges - 1));
            Action<PosterSheet, float, float, SKColor> ridge = peaks ? Ridge.Peaks : Ridge.Hills;
            ridge(sheet, horizon + (i * step), peaks ? 16 - (i * 2) : 7, color);
        }
    }
}
