using Etl.Host.Commands;
using PaletteEtl.Palettes;
using Spectre.Console;

namespace Etl.IntegrationTests.Commands;

public sealed class ImageOutputTests
{
    private static readonly ImageResult Image = new(
        "a\u001b.png", new Palette(new Rgb(1, 2, 3), new Rgb(4, 5, 6)), Failure: null, TimeSpan.FromMilliseconds(12.34));

    [Fact]
    public void WriteSwatches_Truecolor_PaintsTwoColumnsAColor()
    {
        using var output = new StringWriter();

        ImageOutput.WriteSwatches(Terminal(output), Image);

        Assert.Equal(
            "\u001b[48;2;1;2;3m  \u001b[0m\u001b[48;2;4;5;6m  \u001b[0m     12.3 ms  a\uFFFD.png" + Environment.NewLine,
            output.ToString());
    }

    [Fact]
    public void WriteText_NoTerminal_SeparatesWithTabs()
    {
        using var output = new StringWriter();

        ImageOutput.WriteText(output, Image);

        Assert.Equal("a\uFFFD.png\t[[1, 2, 3], [4, 5, 6]]\t12.3 ms" + Environment.NewLine, output.ToString());
    }

    [Fact]
    public void ShowsSwatches_OutputIsNoTerminal_IsFalse()
    {
        using var output = new StringWriter();

        Assert.False(ImageOutput.ShowsSwatches(Terminal(output)));
    }

    private static IAnsiConsole Terminal(TextWriter output) => AnsiConsole.Create(new AnsiConsoleSettings
    {
        Ansi = AnsiSupport.Yes,
        ColorSystem = ColorSystemSupport.TrueColor,
        Out = new AnsiConsoleOutput(output),
    });
}
