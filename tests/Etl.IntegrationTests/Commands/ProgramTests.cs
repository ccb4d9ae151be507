using Etl.Host;

namespace Etl.IntegrationTests.Commands;

public sealed class ProgramTests
{
    [Fact]
    public void Commands_Each_IsFoundByItsOwnName() =>
        Assert.All(Program.Commands, command => Assert.Equal(command.Key, command.Value().Name));

    [Theory]
    [InlineData("There is no command 'bogus'.|See 'etl --help'.", "bogus")]
    [InlineData("There is no command 'bogus'.|See 'etl --help'.", "bogus", "--set", "Etl:Write:BatchSize=1")]
    [InlineData("Unrecognized command or argument '--bogus'.|See 'etl run --help'.", "run", "--bogus")]
    public async Task RunAsync_CommandLineThatIsNone_IsRefusedInOneLineAndAHint(string lines, params string[] args)
    {
        using var errors = new StringWriter();

        int code = await Program.RunAsync(args, TextWriter.Null, errors);

        Assert.Equal(2, code);
        Assert.Equal(lines.Split('|'), errors.ToString().TrimEnd().Split(Environment.NewLine));
    }
}
