namespace Etl.IntegrationTests.Deployment;

/// <summary>A workflow of GitHub Actions, with the fields that .github uses; all others are refused.</summary>
internal sealed class WorkflowFile
{
    public string? Name { get; set; }

    public Dictionary<string, object?> On { get; set; } = [];

    public Dictionary<string, string> Permissions { get; set; } = [];

    public Dictionary<string, string> Concurrency { get; set; } = [];

    public Dictionary<string, string> Env { get; set; } = [];

    public Dictionary<string, WorkflowJob> Jobs { get; set; } = [];
}

internal sealed class WorkflowJob
{
    public WorkflowStrategy? Strategy { get; set; }

    public string? RunsOn { get; set; }

    public int TimeoutMinutes { get; set; }

    public List<string> Needs { get; set; } = [];

    public Dictionary<string, string> Permissions { get; set; } = [];

    public List<WorkflowStep> Steps { get; set; } = [];
}

internal sealed class WorkflowStrategy
{
    public bool FailFast { get; set; } = true;

    public Dictionary<string, List<string>> Matrix { get; set; } = [];
}

internal sealed class WorkflowStep
{
    public string? Name { get; set; }

    public string? Uses { get; set; }

    public Dictionary<string, string> With { get; set; } = [];

    public Dictionary<string, string> Env { get; set; } = [];

    public string? Run { get; set; }
}
