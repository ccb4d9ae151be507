namespace Etl.IntegrationTests.Deployment;

/// <summary>A provisioning file of data sources, with the fields that config uses.</summary>
internal sealed class GrafanaDataSources
{
    public int ApiVersion { get; set; }

    public List<GrafanaDataSource> Datasources { get; set; } = [];
}

internal sealed class GrafanaDataSource
{
    public string? Name { get; set; }

    public string? Type { get; set; }

    public string? Access { get; set; }

    public string? Url { get; set; }

    public bool IsDefault { get; set; }

    public Dictionary<string, string> JsonData { get; set; } = [];
}

/// <summary>A provisioning file of dashboards, with the fields that config uses.</summary>
internal sealed class GrafanaProviders
{
    public int ApiVersion { get; set; }

    public List<GrafanaProvider> Providers { get; set; } = [];
}

internal sealed class GrafanaProvider
{
    public string? Name { get; set; }

    public string? Type { get; set; }

    public Dictionary<string, string> Options { get; set; } = [];
}
