using System.CommandLine;

namespace Etl.Host.Commands;

/// <summary><c>etl completions</c>: prints the script that has a shell complete commands and options.</summary>
internal sealed class CompletionsCommand : EtlCommand
{
    private readonly Argument<string> _shell = new Argument<string>("SHELL")
    {
        Description = "The shell: bash, zsh, fish or pwsh.",
        HelpName = "SHELL",
    }
        .AcceptOnlyFromAmong([.. CompletionScripts.Shells]);

    public CompletionsCommand()
        : base(
            "completions",
            """
            Prints the script that completes commands and options.

            Example: source <(etl completions bash)

            The line belongs into ~/.bashrc. For zsh, it is the same with zsh, in
            ~/.zshrc; for fish, etl completions fish | source; for PowerShell,
            etl completions pwsh | Out-String | Invoke-Expression in $PROFILE.
            """) => Arguments.Add(_shell);

    protected override Task<int> RunAsync(ParseResult parsed)
    {
        parsed.InvocationConfiguration.Output.Write(CompletionScripts.Of(parsed.GetValue(_shell)!));
        return Task.FromResult(ExitCodes.Done);
    }
}
