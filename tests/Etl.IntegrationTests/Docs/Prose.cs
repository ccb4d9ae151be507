using System.Text.RegularExpressions;

namespace Etl.IntegrationTests.Docs;

/// <summary>A line that a person reads: of a document, a comment or a message.</summary>
internal sealed partial record Prose(string Place, string Text)
{
    private static readonly string[] Folders = ["src", "tests"];

    /// <summary>Phrasings that a reader has to read twice.</summary>
    private static readonly Dictionary<string, Regex> Patterns = new(StringComparer.Ordinal)
    {
        ["a sentence begins with What, Who or Of"] = ClauseFirst(),
        ["a cause begins with \", as\" or \", for\""] = Cause(),
        ["a phrase stands for a verb"] = Phrase(),
    };

    public int Words => Text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;

    public IEnumerable<string> Findings =>
        Patterns.SelectMany(pattern => pattern.Value.Matches(Text).Select(_ => $"{Place}: {pattern.Key}: {Text}"));

    /// <summary>Documents, comments of all code, and messages of the product.</summary>
    public static IEnumerable<Prose> All =>
    [
        .. Document.All.SelectMany(static document => document.Prose.Select(line => new Prose($"{document.Path}:{line.Number}", line.Text.Trim()))),
        .. Folders.SelectMany(CodeOf).SelectMany(OfCode),
    ];

    private static IEnumerable<string> CodeOf(string folder) =>
        Directory.EnumerateFiles(Repository.PathOf(folder), "*.cs", SearchOption.AllDirectories)
            .Where(static file => !file.Split(Path.DirectorySeparatorChar).Any(static part => part is "bin" or "obj"));

    private static IEnumerable<Prose> OfCode(string file)
    {
        string path = Path.GetRelativePath(Repository.PathOf(""), file);
        bool isProduct = path.StartsWith("src", StringComparison.Ordinal);
        foreach ((int index, string line) in File.ReadLines(file).Index())
        {
            if (Comment().Match(line) is { Success: true } comment)
            {
                yield return new Prose($"{path}:{index + 1}", Tag().Replace(comment.Groups[1].Value, "").Trim());
            }
            else if (isProduct && Message().Match(line) is { Success: true } message)
            {
                yield return new Prose($"{path}:{index + 1}", message.Groups[1].Value);
            }
        }
    }

    [GeneratedRegex(@"(?:^|(?<=[.:;|] ))(?:What(?:ever)?|Who(?:ever)?|Of)\b(?![^.|]*\?)")]
    private static partial Regex ClauseFirst();

    [GeneratedRegex(@", (?:as|for) (?:it|they|that|this|there|one|no|each|all|the \w+ (?:is|are|has|have|takes|does))\b")]
    private static partial Regex Cause();

    [GeneratedRegex(@"\b(?:is|are|was|be|been) told\b|\bspeaks? of\b|\b(?:is|are) let in\b|\b[Ll]ets? go of\b|\b[Ww]hoever\b")]
    private static partial Regex Phrase();

    [GeneratedRegex(@"^\s*///? ?(.*)$")]
    private static partial Regex Comment();

    [GeneratedRegex("<[^>]+>")]
    private static partial Regex Tag();

    [GeneratedRegex("\"([A-Z][^\"]{24,})\"")]
    private static partial Regex Message();
}
