using System.CommandLine;
using Etl.Host.Commands;

namespace Etl.Reference;

/// <summary>The tables of commands in <c>README.md</c> and <c>docs/commands.md</c>.</summary>
internal static class CommandTable
{
    /// <summary>Options that the page explains once for all commands.</summary>
    private static readonly string[] Shared = ["--config", "--set"];

    private static IEnumerable<Command> Shown =>
        Host.Program.Commands.Values.Select(static create => create()).Where(static command => !command.Hidden);

    public static IEnumerable<string> Effects() =>
    [
        "| command | effect |",
        "| --- | --- |",
        .. Shown.Select(static command => $"| `etl {command.Name}` | {ListingHelp.SummaryOf(command)} |"),
    ];

    public static IEnumerable<string> Options() =>
    [
        "| command | effect | options |",
        "| --- | --- | --- |",
        .. Shown.SelectMany(static command => RowsOf(command, $"etl {command.Name}")),
    ];

    private static IEnumerable<string> RowsOf(Command command, string name) => command.Subcommands.Count > 0
        ? command.Subcommands.SelectMany(inner => RowsOf(inner, $"{name} {inner.Name}"))
        : [$"| `{name}` | {ListingHelp.SummaryOf(command)} | {string.Join(", ", OptionsOf(command))} |".Replace(" |  |", " | |", StringComparison.Ordinal)];

    private static IEnumerable<string> OptionsOf(Command command)
    {
        bool hasLayers = command.Options.Any(static option => option.Name == "--set");
        return command.Options.Select(static option => option.Name).Where(name => !hasLayers || !Shared.Contains(name)).Select(static name => $"`{name}`");
    }
}
