using SkiaSharp;

namespace Etl.Demo;

/// <summary>A poster's title in large letters, broken into lines and measured.</summary>
internal sealed class Lettering : IDisposable
{
    private const float Margin = 9;
    private const float Block = PosterSheet.Width - (2 * Margin);
    private const float Leading = 1.5f;
    private const float LargestCapital = 11;

    private readonly PosterSheet _sheet;
    private readonly TextLine[] _lines;
    private readonly float _capital;
    private readonly float _weight;
    private readonly bool _ranged;

    public Lettering(PosterSheet sheet, string title)
    {
        _sheet = sheet;
        float tracking = sheet.Between(2.6f, 6f);
        _lines = [.. Break(title).Select(line => new TextLine(line, tracking))];
        _capital = Math.Min(Block / _lines.Max(line => line.Width) * Glyphs.CapHeight, LargestCapital);
        _weight = _capital * sheet.Between(0.09f, 0.21f);
        _ranged = sheet.Chance(0.3f);
    }

    /// <summary>From the head of the first line to the foot of the last.</summary>
    public float Height => _capital * (1 + ((_lines.Length - 1) * Leading));

    public void DrawTitle(float top, SKColor color)
    {
        float scale = _capital / Glyphs.CapHeight;
        foreach (TextLine line in _lines)
        {
            line.Draw(_sheet, new SKPoint(Left(line, scale), top), scale, scale, _weight, color);
            top += _capital * Leading;
        }
    }

    /// <summary>Draws the small print, in condensed letters.</summary>
    public void DrawCredits(float top, SKColor color)
    {
        const float Capital = 2.1f, Condensed = 0.55f, Weight = 0.3f;
        foreach (string text in Credits.Lines(_sheet))
        {
            using var line = new TextLine(text, tracking: 3.4f);
            float scale = Capital / Glyphs.CapHeight, scaleX = Math.Min(scale * Condensed, Block / line.Width);
            line.Draw(_sheet, new SKPoint(Left(line, scaleX), top), scaleX, scale, Weight, color.WithAlpha(200));
            top += Capital * 1.7f;
        }
    }

    public void Dispose()
    {
        foreach (TextLine line in _lines)
        {
            line.Dispose();
        }
    }

    private float Left(TextLine line, float scale) => _ranged ? Margin : (PosterSheet.Width - (line.Width * scale)) / 2;

    /// <summary>The title in as few lines as keep its letters large, broken between words.</summary>
    private static List<string> Break(string title)
    {
        const int Comfortable = 11;
        string[] words = title.Split(' ');
        int longest = Math.Max(Comfortable, words.Max(word => word.Length));
        var lines = new List<string> { words[0] };
        foreach (string word in words.Skip(1))
        {
            if (lines[^1].Length + 1 + word.Length <= longest)
            {
                lines[^1] += " " + word;
            }
            else
            {
                lines.Add(word);
            }
        }

        return lines;
    }
}
