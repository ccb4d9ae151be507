using SkiaSharp;

namespace Etl.Demo.Motifs;

/// <summary>A city at night: rows of towers, lit windows in the nearest ones.</summary>
internal static class Skyline
{
    private const int Rows = 4;

    public static void Paint(PosterSheet sheet)
    {
        PosterTheme theme = sheet.Theme;
        sheet.Wash(theme.Night, theme.Deep, theme.Middle, theme.Accent);
        float x = sheet.Between(20f, 80f), y = sheet.Height * sheet.Between(0.15f, 0.3f), radius = sheet.Between(6f, 15f);
        sheet.Glow(x, y, radius * 4, theme.Light, 110);
        sheet.Disc(x, y, radius, theme.Light);

        for (int row = 0; row < Rows; row++)
        {
            float depth = (float)row / (Rows - 1);
            if (row == Rows / 2)
            {
                sheet.Glow(50, sheet.Height * 0.7f, 60, theme.Accent, 120); // haze over the streets
            }

            PaintRow(sheet, depth, PosterTheme.Mix(PosterTheme.Mix(theme.Deep, theme.Middle, 0.7f), theme.Night, depth));
        }
    }

    private static void PaintRow(PosterSheet sheet, float depth, SKColor color)
    {
        float left = sheet.Between(-6f, 0f);
        while (left < PosterSheet.Width)
        {
            float width = sheet.Between(6f, 13f) * (0.7f + (0.6f * depth));
            float top = sheet.Height * (0.4f + (0.25f * depth) + sheet.Between(-0.09f, 0.09f));
            sheet.Bar(left, top, width + 0.2f, sheet.Height - top, color);
            if (sheet.Chance(0.3f))
            {
                sheet.Bar(left + (width / 2) - 0.3f, top - sheet.Between(3f, 9f), 0.6f, 10, color); // an aerial
            }

            if (depth > 0.5f)
            {
                PaintWindows(sheet, left, top, width);
            }

            left += width + (sheet.Chance(0.3f) ? sheet.Between(0.5f, 3f) : 0);
        }
    }

    private static void PaintWindows(PosterSheet sheet, float left, float top, float width)
    {
        float lit = sheet.Between(0.15f, 0.5f);
        for (float y = top + 2; y < sheet.Height; y += 2.6f)
        {
            for (float x = left + 1.2f; x < left + width - 1.4f; x += 2)
            {
                if (sheet.Chance(lit))
                {
                    sheet.Bar(x, y, 1, 1.4f, PosterTheme.Mix(sheet.Theme.Accent, sheet.Theme.Light, sheet.Between(0f, 0.8f)));
                }
            }
        }
    }
}
