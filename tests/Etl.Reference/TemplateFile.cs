using System.Text;
using System.Text.Json.Nodes;
using Etl.Host.Configuration;

namespace Etl.Reference;

/// <summary>The file of <c>etl config --init</c>: every option with its comment, and a comment itself if it has a default that fits.</summary>
internal static class TemplateFile
{
    private const int Width = 120;

    /// <summary>Options that differ from catalogue to catalogue, so that the file sets them.</summary>
    private static readonly string[] Set = ["Etl:Query:Database", "Etl:Fetch:Locations"];

    public static string Text()
    {
        var text = new StringBuilder("// Options of etl. An option that is a comment has the default that it shows.\n{\n");
        foreach (string root in OptionTree.Roots)
        {
            AppendSection(text, root, "  ");
        }

        return text.Append("}\n").ToString();
    }

    private static void AppendSection(StringBuilder text, string path, string indent)
    {
        text.Append($"{indent}\"{path[(path.LastIndexOf(':') + 1)..]}\": {{\n");
        OptionTree.Of(
            path,
            option =>
            {
                AppendOption(text, option, indent + "  ");
                return null;
            },
            section =>
            {
                AppendSection(text, section, indent + "  ");
                return new JsonObject();
            });
        text.Append($"{indent}}},\n");
    }

    private static void AppendOption(StringBuilder text, EtlOption option, string indent)
    {
        OptionComment comment = OptionComment.Of(option);
        string range = comment.Range is { } limits ? $" Range: {limits}." : "";
        foreach (string line in Wrapped(comment.Effect.Plain + range, Width - indent.Length - "// ".Length))
        {
            text.Append($"{indent}// {line}\n");
        }

        string mark = Set.Contains(option.Path) ? "" : "// ";
        text.Append($"{indent}{mark}\"{option.Path[(option.Path.LastIndexOf(':') + 1)..]}\": {JsonText.Of(OptionTree.Default(option))},\n");
    }

    private static IEnumerable<string> Wrapped(string text, int width)
    {
        string line = "";
        foreach (string word in text.Split(' '))
        {
            if (line.Length + 1 + word.Length > width)
            {
                yield return line;
                line = "";
            }

            line = line.Length == 0 ? word : $"{line} {word}";
        }

        yield return line;
    }
}
