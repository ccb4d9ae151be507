using k8s;
using k8s.Models;

namespace Etl.IntegrationTests.Deployment;

/// <summary>KEDA's TriggerAuthentication, with the fields that config/kubernetes uses.</summary>
internal sealed class KedaTriggerAuthentication : IKubernetesObject
{
    public string ApiVersion { get; set; } = "";

    public string Kind { get; set; } = "";

    public V1ObjectMeta? Metadata { get; set; }

    public KedaTriggerAuthenticationSpec? Spec { get; set; }
}

internal sealed class KedaTriggerAuthenticationSpec
{
    public List<Dictionary<string, string>>? SecretTargetRef { get; set; }
}
