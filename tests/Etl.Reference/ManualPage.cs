using System.CommandLine;
using System.Globalization;
using System.Reflection;
using System.Text;
using Etl.Host;

namespace Etl.Reference;

/// <summary><c>docs/etl.1</c>: the manual page, from the help of the commands.</summary>
internal static class ManualPage
{
    public static string Text()
    {
        Command root = Host.Program.CreateRoot([]);
        var page = new StringBuilder(".TH ETL 1\n");
        page.Append($".SH NAME\netl \\- {Escaped(root.Description!)}\n");
        page.Append(".SH SYNOPSIS\n.B etl\n.I COMMAND\n[\\fIOPTIONS\\fR]\n.SH COMMANDS\n");
        foreach (Command command in root.Subcommands)
        {
            AppendCommand(page, command, "etl");
        }

        page.Append(".SH EXIT STATUS\n");
        foreach (FieldInfo code in typeof(ExitCodes).GetFields())
        {
            page.Append(CultureInfo.InvariantCulture, $".TP\n.B {code.GetRawConstantValue()}\n{Escaped(XmlComment.Of(code).Plain)}\n");
        }

        page.Append(".SH FILES\n.TP\n.B etl.json\n" + "The configuration, in the current folder. The command etl config \\-\\-init writes one.\n");
        return page.Append(".SH ENVIRONMENT\n.TP\n.B Etl__Query__Database\nSets the option Etl:Query:Database; likewise every other option.\n").ToString();
    }

    private static void AppendCommand(StringBuilder page, Command command, string parent)
    {
        if (command.Hidden)
        {
            return;
        }

        string name = $"{parent} {command.Name}";
        page.Append($".SS {Escaped(name)}{string.Concat(command.Arguments.Select(static argument => $" {Escaped(argument.HelpName ?? argument.Name)}"))}\n");
        page.AppendJoin(".PP\n", command.Description!.ReplaceLineEndings("\n").Split("\n\n").Select(static part => $"{Lines(part)}\n"));
        foreach (Option option in command.Options.Where(static option => !option.Hidden))
        {
            IEnumerable<string> names = option.Aliases.Prepend(option.Name).Select(static name => $"\\fB{Escaped(name)}\\fR");
            string value = option.HelpName is { } help ? $" \\fI{Escaped(help)}\\fR" : "";
            page.Append($".TP\n{string.Join(", ", names)}{value}\n{Escaped(option.Description!)}\n");
        }

        foreach (Command inner in command.Subcommands)
        {
            AppendCommand(page, inner, name);
        }
    }

    /// <summary>The lines of a paragraph, which are filled unless it is an example or a table.</summary>
    private static string Lines(string paragraph)
    {
        string lines = string.Join('\n', paragraph.Split('\n').Select(static line => Escaped(line.TrimEnd())));
        return paragraph.StartsWith("Example:", StringComparison.Ordinal) || paragraph.Contains("  ", StringComparison.Ordinal)
            ? $".nf\n{lines}\n.fi"
            : lines;
    }

    /// <summary>Text without the characters that have a meaning in a manual page.</summary>
    private static string Escaped(string text)
    {
        string escaped = text.Replace("\\", "\\e", StringComparison.Ordinal).Replace("-", "\\-", StringComparison.Ordinal)
            .ReplaceLineEndings(" ");
        return escaped is ['.' or '\'', ..] ? "\\&" + escaped : escaped;
    }
}
