using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Etl.Host.Commands;

/// <summary>Help whose list of commands has one line each, the first of a command's description; the rest is in its own help.</summary>
internal sealed class ListingHelp(HelpAction help) : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        foreach (Command command in parseResult.CommandResult.Command.Subcommands)
        {
            command.Description = SummaryOf(command);
        }

        return help.Invoke(parseResult);
    }

    /// <summary>The first line of a command's description.</summary>
    public static string SummaryOf(Command command) => command.Description!.Split('\n')[0].TrimEnd();
}
