using System.CommandLine;
using Etl.Host;

namespace Etl.IntegrationTests.Commands;

/// <summary>The help as a terminal of 80 columns shows it.</summary>
public sealed class HelpTests
{
    private const int Columns = 80;

    private static readonly Command[] Shown = [.. Program.Commands.Values.Select(static create => create()).Where(static command => !command.Hidden)];

    public static TheoryData<string> Names => [.. Shown.Select(static command => command.Name), "cluster status"];

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData]
    public async Task RunAsync_HelpOfTheProgram_HasOneLinePerCommand(params string[] args)
    {
        string[] listed = await CommandsInHelpAsync(args);

        Assert.Equal(Shown.Length, listed.Length);
        Assert.All(Shown.Zip(listed), command => Assert.StartsWith(command.First.Name, command.Second, StringComparison.Ordinal));
        Assert.All(listed, static line => Assert.Matches("^.{22}[A-Z][a-z]+s,? .*\\.$", line));
        Assert.All(listed, static line => Assert.InRange(line.Length + 2, 1, Columns));
    }

    [Fact]
    public async Task RunAsync_HelpOfACommandWithCommands_HasOneLinePerCommand() =>
        Assert.Equal(["status  Shows the queues with their messages, and the workers with their rates."], await CommandsInHelpAsync("cluster", "--help"));

    [Theory]
    [MemberData(nameof(Names))]
    public async Task RunAsync_HelpOfACommand_HasItsExampleOrItsCommandsWithin80Columns(string name)
    {
        string[] description = [.. (await HelpAsync([.. name.Split(' '), "--help"])).TakeWhile(static line => line != "Usage:")];

        Assert.Contains(description, line => name == "cluster" || line.StartsWith("  Example:", StringComparison.Ordinal));
        Assert.All(description, static line => Assert.InRange(line.Length, 0, Columns));
    }

    private static async Task<string[]> CommandsInHelpAsync(params string[] args) =>
    [
        .. (await HelpAsync(args)).SkipWhile(static line => line != "Commands:").Skip(1)
            .TakeWhile(static line => line.Length > 0).Select(static line => line[2..]),
    ];

    private static async Task<string[]> HelpAsync(string[] args)
    {
        using var output = new StringWriter();

        Assert.Equal(ExitCodes.Done, await Program.RunAsync(args, output, TextWriter.Null));

        return output.ToString().Split(Environment.NewLine);
    }
}
