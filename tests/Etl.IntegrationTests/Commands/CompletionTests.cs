using System.Diagnostics;
using Etl.Host.Commands;
using Etl.IntegrationTests.Run;

namespace Etl.IntegrationTests.Commands;

/// <summary>The words that the program and a shell complete.</summary>
public sealed class CompletionTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("etl-completion-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("etl sta", "status")]
    [InlineData("etl status --s", "--set|--stale")]
    [InlineData("etl cluster ", "--help|status")]
    [InlineData("etl decode-s", "")]
    [InlineData("etl completions ", "--help|bash|fish|pwsh|zsh")]
    [InlineData("etl --v", "--version")]
    public async Task Suggest_PartOfALine_GivesTheWordsThatFit(string line, string fitting)
    {
        EtlOutput output = await EtlProcess.RunAsync(_folder.FullName, $"[suggest:{line.Length}]", line);

        Assert.Equal((0, fitting.Replace('|', '\n')), (output.ExitCode, output.Output.TrimEnd('\n')));
    }

    [Fact]
    public async Task Completions_Bash_CompletesACommand()
    {
        Assert.SkipUnless(File.Exists("/bin/bash"), "There is no bash.");
        string script = Path.Combine(_folder.FullName, "completions");
        await File.WriteAllTextAsync(script, CompletionScripts.Of("bash"));

        string line = $"source '{script}'; COMP_LINE='etl dead'; COMP_POINT=8; _etl; echo \"${{COMPREPLY[*]}}\"; complete -p etl";
        var start = new ProcessStartInfo("/bin/bash", ["-c", line]) { RedirectStandardOutput = true };
        start.Environment["PATH"] = $"{Path.GetDirectoryName(EtlProcess.Program)}:{start.Environment["PATH"]}";
        using Process bash = ChildProcess.Start(start);

        Assert.Equal("dead-letters\ncomplete -o default -F _etl etl\n", await bash.StandardOutput.ReadToEndAsync().WaitAsync(TestTimeout));
        await bash.WaitForExitAsync().WaitAsync(TestTimeout);
    }

    [Fact]
    public void Completions_EachShell_AsksTheProgramWithTheDirective() =>
        Assert.All(CompletionScripts.Shells, shell => Assert.Contains("etl \"[suggest:", CompletionScripts.Of(shell), StringComparison.Ordinal));
}
