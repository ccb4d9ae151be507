namespace Etl.Host.Telemetry;

/// <summary>The headers of exports as the SDK reads them: <c>name=value</c>, separated by commas, with percent-encoding.</summary>
/// <remarks>The SDK decodes the whole text before it separates the items, so that no value can have a comma, and throws an exception if an
/// item has no <c>=</c>. Headers that it cannot send are left out with a problem.</remarks>
internal static class OtlpHeaders
{
    /// <summary>The text of a variable, without the items that the SDK cannot send.</summary>
    /// <param name="variable">The name of the variable.</param>
    /// <param name="text">Its value.</param>
    /// <param name="problems">Receives a sentence for each item that is left out. Values, which may be secrets, are not shown.</param>
    public static string OfVariable(string variable, string text, List<string> problems) =>
        Join(text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select((item, index) =>
        {
            int end = item.IndexOf('=', StringComparison.Ordinal);
            if (end <= 0)
            {
                problems.Add($"{variable} has an item without a name and '=' (number {index + 1}): this header is not sent");
                return null;
            }

            string name = Uri.UnescapeDataString(item[..end]).Trim();
            return Item($"{variable}, header {name},", name, Uri.UnescapeDataString(item[(end + 1)..]).Trim(), problems);
        }));

    /// <summary>The headers of the configuration as the SDK reads them.</summary>
    public static string OfSection(IDictionary<string, string> headers, List<string> problems) => Join(headers.Select(
        header => Item($"{OpenTelemetryOptions.Section}:{nameof(OpenTelemetryOptions.Headers)}:{header.Key}", header.Key, header.Value, problems)));

    private static string Join(IEnumerable<string?> items) => string.Join(',', items.OfType<string>());

    private static string? Item(string origin, string name, string value, List<string> problems)
    {
        string? problem = PaletteEtl.Covers.Http.RequestHeader.Problem(name, value)
            ?? (value.Contains(',', StringComparison.Ordinal) ? "must not contain a comma, which the exporter cannot send" : null);
        if (problem is null)
        {
            return $"{name}={Uri.EscapeDataString(value)}";
        }

        problems.Add($"{origin} {problem}: this header is not sent");
        return null;
    }
}
