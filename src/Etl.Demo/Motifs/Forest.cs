using SkiaSharp;

namespace Etl.Demo.Motifs;

/// <summary>Trunks in the mist, nearer ones darker, and a light between them.</summary>
internal static class Forest
{
    private const int Layers = 5;

    public static void Paint(PosterSheet sheet)
    {
        PosterTheme theme = sheet.Theme;
        SKColor mist = PosterTheme.Mix(theme.Middle, theme.Light, sheet.Between(0.25f, 0.8f));
        sheet.Wash(PosterTheme.Mix(mist, theme.Deep, 0.75f), mist, PosterTheme.Mix(mist, theme.Deep, 0.5f));
        float lightX = sheet.Between(35f, 65f), foot = sheet.Height * 0.78f;
        sheet.Glow(lightX, sheet.Height * 0.55f, 60, theme.Light, 190);
        for (int layer = 0; layer < Layers; layer++)
        {
            float depth = (layer + 1f) / Layers;
            PaintTrunks(sheet, depth, PosterTheme.Mix(mist, theme.Night, depth * depth));
            if (layer == Layers - 3)
            {
                sheet.Glow(lightX, foot - 8, 26, theme.Accent, 230);
                Figure.Stand(sheet, lightX, foot, 20, theme.Night);
            }

            Ridge.Hills(sheet, foot + (depth * 14) - 6, 2.5f, PosterTheme.Mix(mist, theme.Night, 0.25f + (0.75f * depth)));
        }
    }

    private static void PaintTrunks(PosterSheet sheet, float depth, SKColor color)
    {
        int trunks = (int)(16 - (11 * depth));
        for (int i = 0; i < trunks; i++)
        {
            float x = depth > 0.9f && i < 2 ? (i * 84) + sheet.Between(2f, 14f) : sheet.Between(0f, 100f);
            float half = 0.6f + (depth * depth * sheet.Between(2.5f, 5f)), lean = sheet.Between(-3f, 3f);
            float top = x + lean, thin = half * 0.7f;
            sheet.Polygon(
                color, new(top - thin, 0), new(top + thin, 0), new(x + half, sheet.Height), new(x - half, sheet.Height));
            PaintBranches(sheet, x + (lean / 2), half, color);
        }
    }

    private static void PaintBranches(PosterSheet sheet, float x, float half, SKColor color)
    {
        for (int i = sheet.Between(1, 4); i > 0; i--)
        {
            float y = sheet.Between(4f, sheet.Height * 0.5f), reach = sheet.Between(6f, 16f) * (sheet.Chance(0.5f) ? 1 : -1);
            sheet.Polygon(color, new(x, y), new(x + reach, y - sheet.Between(3f, 12f)), new(x, y + (half * 0.7f) + 0.3f));
        }
    }
}
