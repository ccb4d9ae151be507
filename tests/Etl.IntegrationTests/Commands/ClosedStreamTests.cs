using Etl.IntegrationTests.Run;

namespace Etl.IntegrationTests.Commands;

/// <summary>Standard streams that are closed or full.</summary>
public sealed class ClosedStreamTests : IDisposable
{
    private readonly TestCatalogue _catalogue = new(movies: 5);

    public ClosedStreamTests() => Assert.SkipWhen(OperatingSystem.IsWindows(), "A shell closes the streams.");

    public void Dispose() => _catalogue.Dispose();

    [Theory]
    [InlineData("exec", ">&-")]
    [InlineData("exec", ">/dev/full")]
    [InlineData("exec", "2>&-")]
    [InlineData("exec", "2>/dev/full")]
    [InlineData("exec", ">&- 2>&- <&-")]
    [InlineData("exec", "--progress bar >&- 2>&-")]
    public async Task Run_OutputCannotBeWritten_WritesThePalettesAndHasTheirExitCode(string before, string after)
    {
        using EtlProcess process = EtlProcess.StartByShell(_catalogue.Folder, before, after, ["run", .. TestCatalogue.Settings]);

        EtlOutput run = await process.EndAsync();

        Assert.Equal((3, 2), (run.ExitCode, _catalogue.Missing));
    }

    [Fact]
    public async Task Run_OutputIsFull_SaysWhichOutput()
    {
        using EtlProcess process = EtlProcess.StartByShell(_catalogue.Folder, "exec", ">/dev/full", ["run", .. TestCatalogue.Settings]);

        EtlOutput run = await process.EndAsync();

        Assert.EndsWith(
            "etl: The summary cannot be written to standard output: No space left on device. The exit code is that of the run.",
            run.Errors.TrimEnd(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<&-", "-", 3, "Standard input is closed.")]
    [InlineData("<&-", "--files-from=-", 1, "etl: --files-from - reads standard input, which is closed. Name a file.")]
    public async Task Palette_InputIsClosed_SaysSoAndEnds(string redirection, string argument, int exitCode, string problem)
    {
        using EtlProcess process = EtlProcess.StartByShell(_catalogue.Folder, "exec", redirection, "palette", argument);

        EtlOutput ended = await process.EndAsync();

        Assert.Equal(exitCode, ended.ExitCode);
        Assert.Contains(problem, ended.Output + ended.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cat \"$COVER\" |", "")]
    [InlineData("", "< \"$COVER\"")]
    public async Task Palette_InputIsAPipeOrAFile_IsRead(string before, string after)
    {
        string set = $"COVER=covers/{_catalogue.GoodMovie}.jpg;";
        using EtlProcess process = EtlProcess.StartByShell(_catalogue.Folder, $"{set} {before}", after, "palette", "-");

        EtlOutput ended = await process.EndAsync();

        Assert.Equal(0, ended.ExitCode);
        Assert.StartsWith("-\t[[", ended.Output, StringComparison.Ordinal);
    }
}
