using Spectre.Console;
using Spectre.Console.Rendering;

namespace Etl.Host;

/// <summary>Text that is not broken at the terminal's width, so that a line of a log stays one line in a file.</summary>
internal sealed class Unwrapped(string text, Style? style = null) : IRenderable
{
    /// <summary>A line is written over the progress that is being shown, which may be longer.</summary>
    private static readonly Segment EraseRestOfLine = Segment.Control("\e[K");

    public Measurement Measure(RenderOptions options, int maxWidth) => new(0, maxWidth);

    public IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        string[] lines = text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        foreach (string line in lines)
        {
            yield return new Segment(line, style ?? Style.Plain);
            if (options.Capabilities.Ansi)
            {
                yield return EraseRestOfLine;
            }

            yield return Segment.LineBreak;
        }
    }
}
