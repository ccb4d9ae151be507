using SkiaSharp;

namespace Etl.Demo.Motifs;

/// <summary>Lights out of focus behind somebody's head and shoulders, as a camera sees a street at night.</summary>
internal static class CityLights
{
    public static void Paint(PosterSheet sheet)
    {
        PosterTheme theme = sheet.Theme;
        sheet.Wash(theme.Night, theme.Deep, theme.Middle);
        sheet.Glow(50, sheet.Height * 0.5f, 75, theme.Middle, 200);
        SKColor[] lights = [theme.Accent, theme.Light, theme.Middle, PosterTheme.Mix(theme.Accent, theme.Light, 0.4f)];
        for (int i = sheet.Between(40, 65); i > 0; i--)
        {
            float x = sheet.Between(-5f, 105f), y = sheet.Height * sheet.Between(0.05f, 0.85f), radius = sheet.Between(2f, 9f);
            SKColor light = lights[sheet.Between(0, lights.Length - 1)];
            sheet.Disc(x, y, radius, light.WithAlpha((byte)sheet.Between(40, 120)));
            sheet.Ring(x, y, radius, 0.3f, light.WithAlpha(110));
        }

        float foot = sheet.Height * sheet.Between(0.78f, 0.86f), head = sheet.Between(38f, 62f);
        float tall = sheet.Between(72f, 88f);
        SKColor edge = PosterTheme.Mix(theme.Accent, theme.Light, 0.3f);
        SKColor dark = PosterTheme.Mix(theme.Night, SKColors.Black, 0.35f);
        Figure.Bust(sheet, head - 1, foot, tall + 0.8f, edge.WithAlpha(170));
        Figure.Bust(sheet, head, foot, tall, dark);
        sheet.Bar(0, foot - 0.2f, PosterSheet.Width, sheet.Height - foot + 0.4f, dark);
    }
}
