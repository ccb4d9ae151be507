using Etl.Demo.Motifs;
using SkiaSharp;

namespace Etl.Demo;

/// <summary>Draws film posters: the same seed and title give the same poster.</summary>
internal static class PosterPainter
{
    private static readonly Action<PosterSheet>[] Motifs =
    [
        Mountains.Paint,
        Skyline.Paint,
        Seascape.Paint,
        Vortex.Paint,
        Sunburst.Paint,
        Forest.Paint,
        Planet.Paint,
        Mosaic.Paint,
        CityLights.Paint,
        Shards.Paint,
        OpenRoad.Paint,
        Corridor.Paint,
    ];

    public static SKBitmap Paint(int seed, string title)
    {
        var random = new Random(seed);
        int width = random.Next(4) == 0 ? random.Next(440, 581) : 500;
        int height = width * random.Next(140, 153) / 100;
        var bitmap = new SKBitmap(new SKImageInfo(width, height, SKImageInfo.PlatformColorType, SKAlphaType.Opaque));
        using var canvas = new SKCanvas(bitmap);
        float unit = width / PosterSheet.Width;
        canvas.Save();
        canvas.Scale(unit);
        var sheet = new PosterSheet(canvas, height / unit, PosterTheme.Pick(random), random);
        Motifs[random.Next(Motifs.Length)](sheet);
        PosterLayout.Finish(sheet, title);
        canvas.Restore();
        canvas.Flush();
        FilmGrain.Apply(bitmap, random);
        return bitmap;
    }
}
