using System.Globalization;

namespace Etl.Tests.Support.Otlp;

/// <summary>Attributes by key, their values as text.</summary>
internal sealed class OtlpAttributes(IEnumerable<ProtoMessage> attributes)
{
    private readonly SortedDictionary<string, string> _values = new(
        attributes.ToDictionary(one => one.Text(1), one => TextOf(one.Message(2))), StringComparer.Ordinal);

    public string? this[string key] => _values.GetValueOrDefault(key);

    public IReadOnlyCollection<string> Keys => _values.Keys;

    /// <summary>All of them, as in <c>etl.stage=decode, state=busy</c>.</summary>
    public override string ToString() => string.Join(", ", _values.Select(one => $"{one.Key}={one.Value}"));

    /// <summary>The text of an AnyValue.</summary>
    public static string TextOf(ProtoMessage value) =>
        value.Has(1) ? value.Text(1)
        : value.Has(2) ? (value.Number(2) != 0).ToString()
        : value.Has(3) ? value.Number(3).ToString(CultureInfo.InvariantCulture)
        : value.Has(4) ? value.Double(4).ToString(CultureInfo.InvariantCulture)
        : string.Join(", ", value.Message(5).Messages(1).Select(TextOf));
}
