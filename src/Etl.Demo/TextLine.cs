using SkiaSharp;

namespace Etl.Demo;

/// <summary>A line of capitals, measured and ready to be drawn.</summary>
internal sealed class TextLine : IDisposable
{
    private readonly SKPath _strokes;

    /// <param name="text">The text; every character that is not a letter becomes a space.</param>
    /// <param name="tracking">Units between two letters.</param>
    public TextLine(string text, float tracking)
    {
        using var line = new SKPathBuilder();
        float x = 0;
        foreach (char letter in text.ToUpperInvariant())
        {
            (string strokes, float width) = Glyphs.Of(letter);
            using SKPath glyph = SKPath.ParseSvgPathData(strokes);
            line.AddPath(glyph, x, 0, SKPathAddMode.Append);
            x += width + tracking;
        }

        Width = x - tracking;
        _strokes = line.Detach();
    }

    /// <summary>The width in units of <see cref="Glyphs.CapHeight"/>.</summary>
    public float Width { get; }

    /// <summary>Draws the line from its upper left corner.</summary>
    /// <param name="sheet">The sheet to draw on.</param>
    /// <param name="at">The upper left corner.</param>
    /// <param name="scaleX">Size of a unit across; less than <paramref name="scaleY"/> condenses the letters.</param>
    /// <param name="scaleY">Size of a unit down.</param>
    /// <param name="weight">Thickness of the strokes.</param>
    /// <param name="color">Colour of the strokes.</param>
    public void Draw(PosterSheet sheet, SKPoint at, float scaleX, float scaleY, float weight, SKColor color)
    {
        using var placed = new SKPathBuilder();
        SKMatrix place = SKMatrix.CreateScaleTranslation(scaleX, scaleY, at.X, at.Y);
        placed.AddPath(_strokes, in place, SKPathAddMode.Append);
        using SKPath path = placed.Detach();
        using var paint = new SKPaint
        {
            Color = color,
            IsAntialias = true,
            Style = SKPaintStyle.Stroke,
            StrokeWidth = weight,
            StrokeMiter = 3,
        };
        sheet.Canvas.DrawPath(path, paint);
    }

    public void Dispose() => _strokes.Dispose();
}
