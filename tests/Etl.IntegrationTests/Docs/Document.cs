using System.Text.RegularExpressions;

namespace Etl.IntegrationTests.Docs;

/// <summary>A Markdown document of the repository.</summary>
/// <param name="Path">Its path in the repository.</param>
/// <param name="Prose">Its lines by hand, with their numbers: without fenced code, generated parts and comments.</param>
internal sealed partial record Document(string Path, IReadOnlyList<(int Number, string Text)> Prose)
{
    /// <summary>README, CONTRIBUTING and the pages of docs.</summary>
    public static IReadOnlyList<Document> Pages { get; } = [.. new[] { "README.md", "CONTRIBUTING.md" }.Concat(FilesOf("docs")).Select(Load)];

    /// <summary>The pages, the change log and the READMEs of the packages.</summary>
    public static IReadOnlyList<Document> All { get; } =
        [.. Pages, Load("CHANGELOG.md"), .. FilesOf("src").Select(Load)];

    /// <summary>The anchors of the headings, as GitHub makes them.</summary>
    public IEnumerable<string> Anchors => Prose.Where(static line => line.Text.StartsWith('#')).Select(static line => AnchorOf(line.Text.TrimStart('#').Trim()));

    /// <summary>Targets of links and pictures.</summary>
    public IEnumerable<(int Line, string Target)> Links =>
        Prose.SelectMany(static line => LinkTarget().Matches(line.Text).Select(match => (line.Number, match.Groups[1].Value)));

    public static Document Load(string path)
    {
        var prose = new List<(int, string)>();
        bool isCode = false, isGenerated = false;
        foreach ((int index, string line) in File.ReadLines(Repository.PathOf(path)).Index())
        {
            bool isFence = line.TrimStart().StartsWith("```", StringComparison.Ordinal);
            isCode ^= isFence;
            isGenerated = line != "<!-- end -->" && (isGenerated || line.StartsWith("<!-- generated: ", StringComparison.Ordinal));
            if (!isCode && !isFence && !isGenerated)
            {
                prose.Add((index + 1, Comment().Replace(line, "")));
            }
        }

        return new Document(path, prose);
    }

    private static IEnumerable<string> FilesOf(string folder) =>
        Directory.EnumerateFiles(Repository.PathOf(folder), "*.md", SearchOption.AllDirectories)
            .Select(static file => System.IO.Path.GetRelativePath(Repository.PathOf(""), file).Replace('\\', '/'))
            .Where(static path => !path.Split('/').Any(static part => part is "bin" or "obj"))
            .Order(StringComparer.Ordinal);

    private static string AnchorOf(string heading) =>
        Punctuation().Replace(LinkTarget().Replace(heading, "]").ToLowerInvariant(), "").Replace(' ', '-');

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex LinkTarget();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex Punctuation();

    [GeneratedRegex("<!--.*?-->")]
    private static partial Regex Comment();
}
