using SkiaSharp;

namespace Etl.Demo.Motifs;

/// <summary>Rings that do not quite share a centre, and someone small in the middle of them.</summary>
internal static class Vortex
{
    public static void Paint(PosterSheet sheet)
    {
        PosterTheme theme = sheet.Theme;
        bool dark = sheet.Chance(0.5f);
        SKColor ground = dark ? theme.Night : theme.Accent;
        SKColor first = dark ? theme.Accent : theme.Night;
        SKColor second = dark ? theme.Middle : theme.Light;
        sheet.Wash(ground, PosterTheme.Mix(ground, theme.Deep, 0.35f));

        float x = 50, y = sheet.Height * 0.42f;
        float driftX = sheet.Between(-0.22f, 0.22f), driftY = sheet.Between(-0.22f, 0.22f);
        int rings = sheet.Between(9, 17);
        float step = 76f / rings;
        for (int i = rings; i > 0; i--)
        {
            float radius = 6 + (i * step);
            float away = radius - 6;
            SKColor color = i % 2 == 0 ? first : PosterTheme.Mix(second, ground, 0.15f + (0.6f * i / rings));
            sheet.Disc(x + (away * driftX), y + (away * driftY), radius, color);
        }

        sheet.Disc(x, y, 10, theme.Light);
        Figure.Stand(sheet, x, y + 7, 14, theme.Night);
    }
}
