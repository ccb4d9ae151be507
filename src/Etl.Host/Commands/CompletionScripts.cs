namespace Etl.Host.Commands;

/// <summary>The scripts of completion. Each asks the program, by the directive <c>[suggest:N]</c>, for the words that fit at a place of a
/// command line; where none fits, the shell completes names of files.</summary>
internal static class CompletionScripts
{
    private static readonly OrderedDictionary<string, string> Scripts = new(StringComparer.Ordinal)
    {
        ["bash"] = """
            _etl() {
                local IFS=$'\n'
                COMPREPLY=($(etl "[suggest:$COMP_POINT]" "$COMP_LINE" 2>/dev/null))
            }
            complete -o default -F _etl etl

            """,
        ["zsh"] = """
            _etl() {
                local -a fitting
                fitting=(${(f)"$(etl "[suggest:$CURSOR]" "$BUFFER" 2>/dev/null)"})
                (( $#fitting )) && compadd -a fitting || _files
            }
            compdef _etl etl

            """,
        ["fish"] = """
            complete -c etl -a '(etl "[suggest:"(commandline -C)"]" (commandline | string collect) 2>/dev/null)'

            """,
        ["pwsh"] = """
            Register-ArgumentCompleter -Native -CommandName etl -ScriptBlock {
                param($word, $line, $position)
                etl "[suggest:$position]" "$line" 2>$null | ForEach-Object {
                    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
                }
            }

            """,
    };

    /// <summary>The shells, in the order of the help.</summary>
    public static IReadOnlyList<string> Shells => Scripts.Keys;

    public static string Of(string shell) => Scripts[shell].ReplaceLineEndings("\n");
}
