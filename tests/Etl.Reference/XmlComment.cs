using System.Collections.Concurrent;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Etl.Reference;

/// <summary>The summary of a class, a property or a field, from the documentation file that the build puts beside an assembly.</summary>
/// <param name="Plain">As plain text.</param>
/// <param name="Markdown">With names and values in backticks.</param>
internal sealed partial record XmlComment(string Plain, string Markdown)
{
    private static readonly ConcurrentDictionary<Assembly, Dictionary<string, XElement>> Files = new();

    public static XmlComment Of(Type type) => Of(type.Assembly, $"T:{type.FullName}");

    public static XmlComment Of(PropertyInfo property) =>
        Of(property.DeclaringType!.Assembly, $"P:{property.DeclaringType.FullName}.{property.Name}");

    public static XmlComment Of(FieldInfo field) =>
        Of(field.DeclaringType!.Assembly, $"F:{field.DeclaringType.FullName}.{field.Name}");

    private static XmlComment Of(Assembly assembly, string name) =>
        Files.GetOrAdd(assembly, Read).TryGetValue(name, out XElement? member) && member.Element("summary") is { } summary
            ? new(Text(summary, static code => code), Text(summary, static code => $"`{code}`"))
            : throw new InvalidDataException($"{name} has no summary.");

    private static Dictionary<string, XElement> Read(Assembly assembly) =>
        XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml"))
            .Descendants("member")
            .ToDictionary(static member => member.Attribute("name")!.Value);

    private static string Text(XElement summary, Func<string, string> code) =>
        Space().Replace(string.Concat(summary.Nodes().Select(node => node is XElement element ? code(NameIn(element)) : node.ToString())), " ").Trim();

    /// <summary>The text of an element such as <c>c</c>, or the last name of the member that <c>see</c> refers to.</summary>
    private static string NameIn(XElement element) => element.Attribute("cref")?.Value.Split('.', ':')[^1] ?? element.Value;

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
