using System.Globalization;
using System.Reflection;
using Etl.Cluster;
using Etl.Host.Cluster;
using Etl.Host.Service;
using Etl.Host.Telemetry;
using Microsoft.Extensions.Options;

namespace Etl.Host.Configuration;

/// <summary>One option of a root that is checked inside, as its property states it.</summary>
internal sealed class EtlOption
{
    private static readonly Dictionary<string, EtlOption> ByPath =
        Walk(EtlOptions.Section, new EtlOptions())
            .Concat(Walk(ServiceOptions.Section, new ServiceOptions()))
            .Concat(Walk(ClusterOptions.Section, new ClusterOptions()))
            .Concat(Walk(WorkerOptions.Section, new WorkerOptions()))
            .Concat(Walk(OpenTelemetryOptions.Section, new OpenTelemetryOptions()))
            .ToDictionary(option => option.Path, StringComparer.OrdinalIgnoreCase);

    private readonly Lazy<OptionRule> _rule;

    private EtlOption(string path, PropertyInfo property, object? defaultValue)
    {
        Path = path;
        Property = property;
        Default = defaultValue;
        IsList = property.PropertyType == typeof(IList<string>);
        IsMap = property.PropertyType == typeof(IDictionary<string, string>);
        _rule = new(() => new OptionRule(property)); // most are never asked for, and attributes are slow to read
    }

    /// <summary>Every option.</summary>
    public static IReadOnlyList<EtlOption> All { get; } = [.. ByPath.Values];

    /// <summary>The full path, such as <c>Etl:Write:BatchSize</c>.</summary>
    public string Path { get; }

    /// <summary>Its property, reflected from the class of its section.</summary>
    public PropertyInfo Property { get; }

    public object? Default { get; }

    public bool IsList { get; }

    /// <summary>Whether the user chooses the names of its entries.</summary>
    public bool IsMap { get; }

    /// <summary>The constraint on its value.</summary>
    public OptionRule Rule => _rule.Value;

    /// <summary>The path of the section that holds it.</summary>
    public string SectionPath => Path[..Path.LastIndexOf(':')];

    /// <summary>The option of a path, or of the path of a list's or a map's entry; null when there is none.</summary>
    public static EtlOption? Find(string path)
    {
        if (ByPath.TryGetValue(path, out EtlOption? option))
        {
            return option;
        }

        int end = path.LastIndexOf(':');
        if (end < 0 || !ByPath.TryGetValue(path[..end], out EtlOption? whole))
        {
            return null;
        }

        bool isNumber = int.TryParse(path.AsSpan(end + 1), NumberStyles.None, CultureInfo.InvariantCulture, out _);
        return whole.IsMap || (whole.IsList && isNumber) ? whole : null;
    }

    /// <summary>The path of an entry of a list.</summary>
    public string EntryPath(int index) => string.Create(CultureInfo.InvariantCulture, $"{Path}:{index}");

    private static IEnumerable<EtlOption> Walk(string path, object section) =>
        from property in section.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
        where property.CanWrite
        from option in property.IsDefined(typeof(ValidateObjectMembersAttribute))
            ? Walk($"{path}:{property.Name}", property.GetValue(section)!)
            : [new EtlOption($"{path}:{property.Name}", property, property.GetValue(section))]
        select option;
}
