using System.CommandLine;
using System.CommandLine.Parsing;

namespace Etl.Host.Commands;

/// <summary>Refuses options that a command does not have, which the parser takes for arguments, such as names of files.</summary>
internal static class UnknownOptions
{
    /// <summary>A line for each argument before <c>--</c> that looks like an option.</summary>
    public static IEnumerable<string> Problems(ParseResult parsed)
    {
        Token[] before = [.. parsed.Tokens.TakeWhile(static token => token.Type != TokenType.DoubleDash)];
        return
            from argument in parsed.CommandResult.Children.OfType<ArgumentResult>()
            from token in argument.Tokens
            where token.Value is ['-', not (>= '0' and <= '9'), ..] && before.Any(given => ReferenceEquals(given, token))
            select $"etl {parsed.CommandResult.Command.Name} has no option {token.Value}; "
                + "an argument that begins with - goes after --.";
    }
}
