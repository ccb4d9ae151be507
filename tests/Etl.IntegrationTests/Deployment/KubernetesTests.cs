using k8s;
using k8s.Models;

namespace Etl.IntegrationTests.Deployment;

/// <summary>The manifests of config/kubernetes have only fields that Kubernetes knows, and settings that the program accepts.</summary>
public sealed class KubernetesTests
{
    private static readonly Dictionary<string, Type> Keda = new()
    {
        ["keda.sh/v1alpha1/ScaledObject"] = typeof(KedaScaledObject),
        ["keda.sh/v1alpha1/TriggerAuthentication"] = typeof(KedaTriggerAuthentication),
    };

    [Theory]
    [InlineData("service", "PersistentVolumeClaim", "Deployment", "Service")]
    [InlineData("coordinator", "PersistentVolumeClaim", "Deployment", "Service")]
    [InlineData("workers", "Deployment", "TriggerAuthentication", "ScaledObject")]
    public void Manifest_ParsedStrictly_HasItsKinds(string name, params string[] kinds) =>
        Assert.Equal(kinds, Load(name).Cast<IKubernetesObject>().Select(item => item.Kind));

    [Fact]
    public void Parser_UnknownField_IsRefused()
    {
        string misspelled = Text("service").Replace("accessModes", "accesModes", StringComparison.Ordinal);

        Assert.ThrowsAny<Exception>(() => KubernetesYaml.LoadAllFromString(misspelled, Keda, strict: true));
    }

    [Theory]
    [InlineData("service")]
    [InlineData("coordinator")]
    [InlineData("workers")]
    public void Variables_OfTheContainer_AreAccepted(string name)
    {
        V1Deployment deployment = Assert.Single(Load(name).OfType<V1Deployment>());
        V1Container container = Assert.Single(deployment.Spec.Template.Spec.Containers);

        Settings.Accept(container.Env.Select(variable => (variable.Name, variable.Value ?? "0123456789abcdef")));
    }

    [Theory]
    [InlineData("service")]
    [InlineData("coordinator")]
    [InlineData("workers")]
    public void Names_WithinTheManifest_Match(string name)
    {
        List<object> items = Load(name);
        V1PodTemplateSpec pod = items.OfType<V1Deployment>().Single().Spec.Template;
        V1Container container = pod.Spec.Containers.Single();
        string[] ports = [.. container.Ports.Select(port => port.Name)];

        Assert.Equal(items.OfType<V1Deployment>().Single().Spec.Selector.MatchLabels, pod.Metadata.Labels);
        Assert.All(items.OfType<V1Service>(), service => Assert.Equal(service.Spec.Selector, pod.Metadata.Labels));
        Assert.Contains(container.LivenessProbe.HttpGet.Port.Value, ports);
        Assert.Contains(container.ReadinessProbe.HttpGet.Port.Value, ports);
        Assert.Equal(pod.Spec.Volumes.Select(volume => volume.Name), container.VolumeMounts.Select(mount => mount.Name));
        Assert.Equal(
            items.OfType<V1PersistentVolumeClaim>().Select(claim => claim.Metadata.Name),
            pod.Spec.Volumes.Select(volume => volume.PersistentVolumeClaim?.ClaimName).OfType<string>());
    }

    private static List<object> Load(string name) => KubernetesYaml.LoadAllFromString(Text(name), Keda, strict: true);

    private static string Text(string name) => File.ReadAllText(Repository.PathOf($"config/kubernetes/{name}.yaml"));
}
