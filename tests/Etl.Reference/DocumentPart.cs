namespace Etl.Reference;

/// <summary>A part of a document between the markers <c>&lt;!-- generated: NAME --&gt;</c> and <c>&lt;!-- end --&gt;</c>.</summary>
internal static class DocumentPart
{
    private const string End = "<!-- end -->";

    /// <exception cref="InvalidDataException">The document has no such part.</exception>
    public static string Replace(string document, string name, IEnumerable<string> lines)
    {
        string begin = $"<!-- generated: {name} -->\n";
        int start = document.IndexOf(begin, StringComparison.Ordinal);
        int end = start < 0 ? -1 : document.IndexOf(End, start, StringComparison.Ordinal);
        return end < 0
            ? throw new InvalidDataException($"No part of the document is between {begin.TrimEnd()} and {End}.")
            : $"{document[..start]}{begin}{string.Join('\n', lines)}\n{document[end..]}";
    }
}
