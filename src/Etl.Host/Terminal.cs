using Spectre.Console;

namespace Etl.Host;

/// <summary>What standard output or standard error can do: colours and a moving cursor on a terminal, neither in a file.</summary>
internal static class Terminal
{
    public static IAnsiConsole On(TextWriter writer) =>
        AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });
}
