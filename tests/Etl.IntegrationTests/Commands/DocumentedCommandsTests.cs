using System.CommandLine;
using Etl.Host;
using Etl.Host.Commands;

namespace Etl.IntegrationTests.Commands;

/// <summary>Holds the tables of commands in the documents against the commands.</summary>
public sealed class DocumentedCommandsTests
{
    /// <summary>Options that the page explains once for all commands.</summary>
    private static readonly string[] Shared = ["--config", "--set"];

    private static readonly Command[] Shown = [.. Program.Commands.Values.Select(static create => create()).Where(static command => !command.Hidden)];

    [Fact]
    public void Readme_EveryCommand_HasItsSummary()
    {
        string[] rows = [.. Shown.Select(static command => $"| `etl {command.Name}` | {ListingHelp.SummaryOf(command)} |")];

        string[] documented = Rows("README.md");

        Assert.True(rows.SequenceEqual(documented), $"The table of README.md has to be:\n{string.Join('\n', rows)}");
    }

    [Fact]
    public void CommandsPage_EveryCommand_HasItsOptions()
    {
        string[] rows = [.. Shown.SelectMany(static command => RowsOf(command, $"etl {command.Name}"))];

        string[] documented = [.. Rows("docs/commands.md").Select(static row => string.Join('|', row.Split('|')[..3]).TrimEnd())];

        Assert.True(rows.SequenceEqual(documented), $"The rows of docs/commands.md have to begin with:\n{string.Join('\n', rows)}");
    }

    [Theory]
    [InlineData("first", "dotnet run ")]
    [InlineData("tests", "dotnet test")]
    public void Readme_Marker_IsBeforeTheBlockOfItsCommand(string marker, string command)
    {
        string[] block =
        [
            .. File.ReadLines(Repository.PathOf("README.md")).SkipWhile(line => line != $"<!-- {marker} -->").Skip(1).Take(2),
        ];

        Assert.Equal("```", block[0]);
        Assert.StartsWith(command, block[1], StringComparison.Ordinal);
    }

    private static IEnumerable<string> RowsOf(Command command, string name) => command.Subcommands.Count > 0
        ? command.Subcommands.SelectMany(inner => RowsOf(inner, $"{name} {inner.Name}"))
        : [$"| `{name}` | {string.Join(", ", OptionsOf(command))}".TrimEnd()];

    private static IEnumerable<string> OptionsOf(Command command)
    {
        bool hasLayers = command.Options.Any(static option => option.Name == "--set");
        return command.Options.Select(static option => option.Name).Where(name => !hasLayers || !Shared.Contains(name)).Select(static name => $"`{name}`");
    }

    private static string[] Rows(string page) =>
        [.. File.ReadLines(Repository.PathOf(page)).Where(static line => line.StartsWith("| `etl ", StringComparison.Ordinal))];
}
