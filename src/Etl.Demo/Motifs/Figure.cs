using SkiaSharp;

namespace Etl.Demo.Motifs;

/// <summary>A person in a long coat, seen as a silhouette.</summary>
internal static class Figure
{
    /// <summary>Draws the person standing with both feet at a point.</summary>
    public static void Stand(PosterSheet sheet, float x, float foot, float tall, SKColor color)
    {
        ReadOnlySpan<(float Aside, float Up)> coat =
        [
            (0.5f, -13.6f), (2.2f, -12.8f), (2.7f, -7.2f), (2.1f, -7.2f), (2.6f, -3.4f),
            (1.5f, -3.2f), (1.3f, 0), (0.3f, 0), (0, -3.4f),
        ];
        float unit = tall / 16;
        sheet.Disc(x, foot - (14.6f * unit), 1.35f * unit, color);
        Outline(sheet, x, foot, unit, color, coat);
    }

    /// <summary>Draws head and shoulders, down to a height.</summary>
    public static void Bust(PosterSheet sheet, float x, float foot, float tall, SKColor color)
    {
        float unit = tall / 10;
        SKPoint At(float aside, float up) => new(x + (aside * unit), foot - (up * unit));

        using var outline = new SKPathBuilder();
        outline.MoveTo(At(-6.4f, 0));
        outline.CubicTo(At(-6.2f, 3.6f), At(-4.4f, 3.4f), At(-1.3f, 4.4f));
        outline.LineTo(At(-1.2f, 5.6f));
        outline.LineTo(At(1.2f, 5.6f));
        outline.LineTo(At(1.3f, 4.4f));
        outline.CubicTo(At(4.4f, 3.4f), At(6.2f, 3.6f), At(6.4f, 0));
        outline.Close();
        outline.AddOval(SKRect.Create(At(-2, 10), new SKSize(4 * unit, 5.1f * unit)), SKPathDirection.Clockwise);
        sheet.Shape(color, outline);
    }

    /// <summary>Fills the outline that is given from the neck down one side, and mirrored for the other.</summary>
    private static void Outline(
        PosterSheet sheet, float x, float foot, float unit, SKColor color, ReadOnlySpan<(float Aside, float Up)> side)
    {
        var corners = new SKPoint[2 * side.Length];
        for (int i = 0; i < side.Length; i++)
        {
            float y = foot + (side[i].Up * unit);
            corners[i] = new SKPoint(x + (side[i].Aside * unit), y);
            corners[^(i + 1)] = new SKPoint(x - (side[i].Aside * unit), y);
        }

        sheet.Polygon(color, corners);
    }
}
