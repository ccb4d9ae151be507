using System.CommandLine;
using System.CommandLine.Parsing;

namespace Etl.Host.Commands;

/// <summary>The options that select movies by their ids: a list, and single ids that may hold commas.</summary>
/// <param name="verb">The verb of the help text, such as <c>Resets</c>.</param>
internal sealed class IdOptions(string verb)
{
    public Option<string[]?> List { get; } = new("--ids")
    {
        Description = $"{verb} the movies with these ids, separated by commas. 322259 matches an integer or a text, 0114709 only a text.",
        HelpName = "ID,...",
        CustomParser = Split,
    };

    public Option<string[]?> Single { get; } = new("--id")
    {
        Description = $"{verb} the movie with this id, which may hold commas. Repeatable.",
        HelpName = "ID",
    };

    /// <summary>The ids that a command line names; null when it names none.</summary>
    public string[]? Of(ParseResult parsed) =>
        (string[])[.. parsed.GetValue(List) ?? [], .. parsed.GetValue(Single) ?? []] is { Length: > 0 } ids ? ids : null;

    /// <summary>Whether a command line has one of the options.</summary>
    public bool AreGiven(CommandResult result) => IsGiven(result, List) || IsGiven(result, Single);

    private static bool IsGiven(CommandResult result, Option option) => result.GetResult(option) is { Implicit: false };

    private static string[]? Split(ArgumentResult argument)
    {
        string[] ids =
        [
            .. argument.Tokens.SelectMany(token => token.Value.Split(
                ',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)),
        ];
        if (ids.Length == 0)
        {
            argument.AddError("--ids takes at least one id, such as --ids 322259,0114709.");
        }

        return ids;
    }
}
