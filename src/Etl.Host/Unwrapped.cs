using Spectre.Console;
using Spectre.Console.Rendering;

namespace Etl.Host;

/// <summary>Text that is not broken at the terminal's width, so that a line of a log stays one line in a file.</summary>
internal sealed class Unwrapped(string text, Style? style = null) : IRenderable
{
    public Measurement Measure(RenderOptions options, int maxWidth) => new(0, maxWidth);

    public IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        string[] lines = text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        foreach (string line in lines)
        {
            yield return new Segment(line, style ?? Style.Plain);
            yield return Segment.LineBreak;
        }
    }
}
