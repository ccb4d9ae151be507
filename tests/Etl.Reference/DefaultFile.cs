using System.Text.Json;
using System.Text.Json.Nodes;

namespace Etl.Reference;

/// <summary><c>etl.json</c>: every option with its default.</summary>
internal static class DefaultFile
{
    /// <summary>Updates the sections of options; the sections of editors and libraries stay as they are.</summary>
    public static string Update(string current)
    {
        using JsonDocument document = JsonDocument.Parse(current);
        JsonProperty[] others = [.. document.RootElement.EnumerateObject().Where(static entry => !OptionTree.Roots.Contains(entry.Name))];
        ILookup<bool, (string, string)> kept =
            others.ToLookup(static entry => entry.Name == "$schema", static entry => (entry.Name, entry.Value.GetRawText()));
        IEnumerable<(string, string)> options = OptionTree.Roots.Select(static root => (root, JsonText.Of(Section(root), "  ")));
        return JsonText.Object([.. kept[true], .. options, .. kept[false]]) + "\n";
    }

    private static JsonObject Section(string path) => OptionTree.Of(path, OptionTree.Default, Section);
}
