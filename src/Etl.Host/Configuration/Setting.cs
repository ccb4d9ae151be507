using System.Text.RegularExpressions;
using Etl.Cluster;
using Etl.Host.Service;
using Etl.Host.Telemetry;
using PaletteEtl.Catalogue;
using PaletteEtl.Covers;

namespace Etl.Host.Configuration;

/// <summary>One value of the configuration and where it was found.</summary>
/// <param name="Path">Its full path, such as <c>Etl:Write:BatchSize</c>.</param>
/// <param name="Value">The value as text; null when it is left open.</param>
/// <param name="Origin">A file's name, an environment variable, <c>--set</c> or <c>default</c>.</param>
internal sealed partial record Setting(string Path, string? Value, string Origin)
{
    public const string Default = "default";
    public const string Database = $"{EtlOptions.Section}:{nameof(EtlOptions.Query)}:{nameof(QueryOptions.Database)}";
    public const string Locations = $"{EtlOptions.Section}:{nameof(EtlOptions.Fetch)}:{nameof(FetchOptions.Locations)}";

    private const string Hidden = "(hidden)";
    private const string Headers = $"{EtlOptions.Section}:{nameof(EtlOptions.Fetch)}:{nameof(FetchOptions.Headers)}";
    private const string ApiKey = $"{ServiceOptions.Section}:{nameof(ServiceOptions.ApiKey)}";
    private const string Broker = $"{ClusterOptions.Section}:{nameof(ClusterOptions.Broker)}";
    private const string BrokerPassword = $"{ClusterOptions.Section}:{nameof(ClusterOptions.Password)}";
    private const string ExportEndpoint = $"{OpenTelemetryOptions.Section}:{nameof(OpenTelemetryOptions.Endpoint)}";
    private const string ExportHeaders = $"{OpenTelemetryOptions.Section}:{nameof(OpenTelemetryOptions.Headers)}";

    /// <summary>The value as it may be shown: keys and headers are credentials, and URLs may hold some.</summary>
    public string? Shown => Value is null ? null
        : IsOf(Headers) || IsOf(ExportHeaders) || IsOf(ApiKey) || IsOf(BrokerPassword) ? Hidden
        : IsOf(ExportEndpoint) && Value.Contains('@', StringComparison.Ordinal) ? Hidden // no user name nor password is allowed
        : IsOf(Broker) && PasswordInUrl().IsMatch(Value) ? Hidden
        : IsOf(Locations) ? LocationTemplate.Shown(Value)
        : Value;

    /// <summary>The origin as part of a sentence.</summary>
    public string Where => Origin == Default ? "by default" : $"in {Origin}";

    private bool IsOf(string option) => Path.StartsWith(option, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex("://[^/]*:[^/]*@")]
    private static partial Regex PasswordInUrl();
}
