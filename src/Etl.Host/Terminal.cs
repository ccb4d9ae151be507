using Spectre.Console;

namespace Etl.Host;

/// <summary>Creates consoles for standard output and standard error: with colours and a moving cursor on a terminal, without in a file.</summary>
internal static class Terminal
{
    public static IAnsiConsole On(TextWriter writer) =>
        AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });
}
