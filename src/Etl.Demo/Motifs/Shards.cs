using SkiaSharp;

namespace Etl.Demo.Motifs;

/// <summary>Uneven bars of cut paper that close in on a point.</summary>
internal static class Shards
{
    public static void Paint(PosterSheet sheet)
    {
        PosterTheme theme = sheet.Theme;
        (SKColor ground, SKColor first, SKColor second) = sheet.Between(0, 2) switch
        {
            0 => (theme.Accent, theme.Night, theme.Light),
            1 => (theme.Light, theme.Accent, theme.Night),
            _ => (theme.Deep, theme.Accent, theme.Light),
        };
        sheet.Wash(ground, PosterTheme.Mix(ground, theme.Middle, 0.15f));
        var center = new SKPoint(sheet.Between(35f, 65f), sheet.Height * sheet.Between(0.35f, 0.5f));
        int shards = sheet.Between(7, 13);
        for (int i = 0; i < shards; i++)
        {
            float angle = (i + sheet.Between(-0.25f, 0.25f)) * MathF.Tau / shards;
            SKColor color = i % 3 == 2 ? second : first;
            Shard(sheet, center, angle, sheet.Between(13f, 24f), sheet.Between(3f, 9f), color);
        }

        sheet.Disc(center.X, center.Y, 8, second);
        sheet.Disc(center.X, center.Y, 3.6f, first);
    }

    private static void Shard(PosterSheet sheet, SKPoint center, float angle, float gap, float half, SKColor color)
    {
        (float sine, float cosine) = MathF.SinCos(angle);
        SKPoint At(float along, float aside) =>
            new(center.X + (along * cosine) - (aside * sine), center.Y + (along * sine) + (aside * cosine));

        sheet.Polygon(
            color,
            At(gap, -half * 0.15f), At(gap + sheet.Between(0f, 4f), half * 0.3f), At(170, half * 2.2f), At(170, -half * 1.6f));
    }
}
