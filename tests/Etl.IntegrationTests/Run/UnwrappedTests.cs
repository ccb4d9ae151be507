using Etl.Host;
using Spectre.Console;

namespace Etl.IntegrationTests.Run;

public sealed class UnwrappedTests
{
    [Theory]
    [InlineData("a line", "a line\e[K\n")]
    [InlineData("two\nlines\n", "two\e[K\nlines\e[K\n")]
    [InlineData("a line that is longer than the terminal is wide", "a line that is longer than the terminal is wide\e[K\n")]
    public void Write_Terminal_ErasesTheProgressBehindEachLine(string text, string written) =>
        Assert.Equal(written, Written(text, AnsiSupport.Yes));

    [Fact]
    public void Write_File_HasTheTextAlone() => Assert.Equal("two\nlines\n", Written("two\nlines\n", AnsiSupport.No));

    private static string Written(string text, AnsiSupport ansi)
    {
        using var output = new StringWriter();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = ansi, Out = new AnsiConsoleOutput(output) });
        console.Profile.Width = 20;

        console.Write(new Unwrapped(text));

        return output.ToString().ReplaceLineEndings("\n");
    }
}
