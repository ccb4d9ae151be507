namespace Etl.IntegrationTests.Docs;

/// <summary>A block of C# in a document.</summary>
/// <param name="Page">The document.</param>
/// <param name="Usings">The using directives of a whole program, or those before a block without any, with their lines.</param>
/// <param name="Given">Declarations of the names that the block takes from its surroundings: the comment
/// <c>&lt;!-- given string[] paths --&gt;</c> before it; empty if it takes none.</param>
/// <param name="Statements">The other lines of the block.</param>
/// <param name="Line">The line of the first of them, from 1.</param>
internal sealed record Snippet(string Page, IReadOnlyList<(int Line, string Text)> Usings, string Given, IReadOnlyList<string> Statements, int Line)
{
    private const string Begin = "```csharp", End = "```", GivenBegin = "<!-- given ", GivenEnd = " -->";

    /// <summary>The blocks of a page in order.</summary>
    public static IReadOnlyList<Snippet> Of(string page, string[] lines)
    {
        var snippets = new List<Snippet>();
        var all = new List<(int Line, string Text)>();
        for (int begin = Array.IndexOf(lines, Begin); begin >= 0; begin = Array.IndexOf(lines, Begin, begin + 1))
        {
            int end = Array.IndexOf(lines, End, begin);
            (int Line, string Text)[] own = [.. lines.Index().Skip(begin + 1).TakeWhile(static line => IsUsing(line.Item)).Select(static line => (line.Index + 1, line.Item))];
            all.AddRange(own.ExceptBy(all.Select(static one => one.Text), static one => one.Text));
            int first = begin + 1 + own.Length;
            string before = begin > 0 ? lines[begin - 1] : "";
            string given = before.StartsWith(GivenBegin, StringComparison.Ordinal) ? before[GivenBegin.Length..^GivenEnd.Length] : "";
            snippets.Add(new Snippet(page, own.Length > 0 ? own : [.. all], given, lines[first..end], first + 1));
        }

        return snippets;
    }

    private static bool IsUsing(string line) => line.StartsWith("using ", StringComparison.Ordinal) && !line.Contains('=', StringComparison.Ordinal);
}
