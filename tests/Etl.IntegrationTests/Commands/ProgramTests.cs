using Etl.Host;

namespace Etl.IntegrationTests.Commands;

public sealed class ProgramTests
{
    [Fact]
    public void Commands_Each_IsFoundByItsOwnName() =>
        Assert.All(Program.Commands, command => Assert.Equal(command.Key, command.Value().Name));

    [Theory]
    [InlineData("etl: --out @none/x.html cannot be written: it is in a folder that does not exist, {folder}/@none. Create the folder, or name another file.", "report", "--out", "@none/x.html")]
    [InlineData("etl: --set '@x' is not KEY=VALUE, such as --set Etl:Write:BatchSize=64", "palette", "a.png", "--set", "@x")]
    [InlineData("etl: --set '@x' is not KEY=VALUE, such as --set Etl:Write:BatchSize=64", "run", "--set=@x")]
    [InlineData("etl: --files-from @none cannot be read: there is no such file.", "palette", "--files-from", "@none")]
    [InlineData("@none.png: not_found: There is no such file.", "palette", "@none.png")]
    [InlineData("--: not_found: There is no such file.", "palette", "--", "--")]
    [InlineData("--set: not_found: There is no such file.", "palette", "--", "--set")]
    public async Task RunAsync_ArgumentOfAnyName_IsTakenAsItIs(string line, params string[] args)
    {
        using var errors = new StringWriter();

        int code = await Program.RunAsync(args, TextWriter.Null, errors);

        Assert.NotEqual(0, code);
        Assert.Equal(line.Replace("{folder}", Environment.CurrentDirectory, StringComparison.Ordinal), errors.ToString().TrimEnd());
    }

    [Theory]
    [InlineData("similar", "--cuont")]
    [InlineData("bench", "--second=5")]
    [InlineData("palette", "-x")]
    public async Task RunAsync_OptionThatTheCommandDoesNotHave_IsNotTakenForAnArgument(string command, string option)
    {
        using var errors = new StringWriter();

        int code = await Program.RunAsync([command, option], TextWriter.Null, errors);

        Assert.Equal(2, code);
        Assert.Equal(
            [$"etl {command} has no option {option}; an argument that begins with - goes after --.", $"See 'etl {command} --help'."],
            errors.ToString().TrimEnd().Split(Environment.NewLine));
    }

    [Theory]
    [InlineData("There is no command 'bogus'.|See 'etl --help'.", "bogus")]
    [InlineData("There is no command 'bogus'.|See 'etl --help'.", "bogus", "--set", "Etl:Write:BatchSize=1")]
    [InlineData("There is no command 'rnu'. Did you mean 'run'?|See 'etl --help'.", "rnu")]
    [InlineData("There is no command 'dead-leters'. Did you mean 'dead-letters'?|See 'etl --help'.", "dead-leters", "--retry")]
    [InlineData("There is no command 'decode-suspects'.|See 'etl --help'.", "decode-suspects")]
    [InlineData("Unrecognized command or argument '--bogus'.|See 'etl run --help'.", "run", "--bogus")]
    public async Task RunAsync_CommandLineThatIsNone_IsRefusedInOneLineAndAHint(string lines, params string[] args)
    {
        using var errors = new StringWriter();

        int code = await Program.RunAsync(args, TextWriter.Null, errors);

        Assert.Equal(2, code);
        Assert.Equal(lines.Split('|'), errors.ToString().TrimEnd().Split(Environment.NewLine));
    }
}
