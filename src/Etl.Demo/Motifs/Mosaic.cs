using SkiaSharp;

namespace Etl.Demo.Motifs;

/// <summary>A grid of quarter circles, discs and halves, as a modernist would lay it.</summary>
internal static class Mosaic
{
    public static void Paint(PosterSheet sheet)
    {
        PosterTheme theme = sheet.Theme;
        SKColor[] colors = [theme.Night, theme.Deep, theme.Middle, theme.Accent, theme.Light];
        int columns = sheet.Between(3, 5);
        float side = PosterSheet.Width / columns;
        for (float top = 0; top < sheet.Height; top += side)
        {
            for (int column = 0; column < columns; column++)
            {
                int ground = sheet.Between(0, colors.Length - 1);
                int shape = (ground + sheet.Between(1, colors.Length - 1)) % colors.Length;
                sheet.Bar(column * side, top, side + 0.1f, side + 0.1f, colors[ground]);
                PaintTile(sheet, column * side, top, side, colors[shape]);
            }
        }
    }

    private static void PaintTile(PosterSheet sheet, float left, float top, float side, SKColor color)
    {
        int corner = sheet.Between(0, 3);
        float right = left + side, foot = top + side;
        float cornerX = corner is 0 or 2 ? left : right, cornerY = corner is 0 or 1 ? top : foot;
        sheet.Canvas.Save();
        sheet.Canvas.ClipRect(new SKRect(left, top, right, foot));
        switch (sheet.Between(0, 5))
        {
            case 0:
                sheet.Disc(left + (side / 2), top + (side / 2), side * 0.36f, color);
                break;
            case 1:
                sheet.Polygon(color, new(left, top), new(right, foot), corner is 0 or 2 ? new(left, foot) : new(right, top));
                break;
            case 2:
                sheet.Ring(cornerX, cornerY, side * 0.75f, side * 0.22f, color);
                sheet.Disc(cornerX, cornerY, side * 0.4f, color);
                break;
            case 3:
                sheet.Disc(left + (side / 2), cornerY, side / 2, color);
                break;
            default:
                sheet.Disc(cornerX, cornerY, side, color);
                break;
        }

        sheet.Canvas.Restore();
    }
}
