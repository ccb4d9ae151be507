namespace Etl.IntegrationTests.Deployment;

/// <summary>A Compose file, with the fields that config uses; all others are refused.</summary>
internal sealed class ComposeFile
{
    public Dictionary<string, ComposeService> Services { get; set; } = [];

    public Dictionary<string, object?> Volumes { get; set; } = [];
}

internal sealed class ComposeService
{
    public string? Image { get; set; }

    public string? Hostname { get; set; }

    public string? User { get; set; }

    public string? Restart { get; set; }

    public List<string> Command { get; set; } = [];

    public List<string> DependsOn { get; set; } = [];

    public Dictionary<string, string> Environment { get; set; } = [];

    public List<string> Ports { get; set; } = [];

    public List<string> Volumes { get; set; } = [];

    public ComposeHealthCheck? Healthcheck { get; set; }

    public string? StopGracePeriod { get; set; }
}

internal sealed class ComposeHealthCheck
{
    public List<string> Test { get; set; } = [];

    public string? Interval { get; set; }

    public string? Timeout { get; set; }

    public int Retries { get; set; }
}
