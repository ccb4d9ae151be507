using k8s;
using k8s.Models;

namespace Etl.IntegrationTests.Deployment;

/// <summary>KEDA's ScaledObject, with the fields that config/kubernetes uses.</summary>
internal sealed class KedaScaledObject : IKubernetesObject
{
    public string ApiVersion { get; set; } = "";

    public string Kind { get; set; } = "";

    public V1ObjectMeta? Metadata { get; set; }

    public KedaScaledObjectSpec? Spec { get; set; }
}

internal sealed class KedaScaledObjectSpec
{
    public Dictionary<string, string>? ScaleTargetRef { get; set; }

    public int MinReplicaCount { get; set; }

    public int MaxReplicaCount { get; set; }

    public List<KedaTrigger>? Triggers { get; set; }
}

internal sealed class KedaTrigger
{
    public string? Type { get; set; }

    public Dictionary<string, string>? Metadata { get; set; }

    public Dictionary<string, string>? AuthenticationRef { get; set; }
}
