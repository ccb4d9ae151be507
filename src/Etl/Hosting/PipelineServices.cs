using Microsoft.Extensions.DependencyInjection;

namespace PaletteEtl.Hosting;

/// <summary>The services of a keyed pipeline: its own parts first, then the services that all pipelines of a program share.</summary>
/// <param name="services">The services of the program.</param>
/// <param name="key">The key of the pipeline.</param>
internal sealed class PipelineServices(IServiceProvider services, string key) : IKeyedServiceProvider
{
    public object? GetService(Type serviceType) => IsSequence(serviceType)
        ? services.GetService(serviceType) // under a key it would be empty, not missing
        : services.GetKeyedService(serviceType, key) ?? services.GetService(serviceType);

    public object? GetKeyedService(Type serviceType, object? serviceKey) => services.GetKeyedService(serviceType, serviceKey);

    public object GetRequiredKeyedService(Type serviceType, object? serviceKey) =>
        services.GetRequiredKeyedService(serviceType, serviceKey);

    private static bool IsSequence(Type type) => type.IsConstructedGenericType && type.GetGenericTypeDefinition() == typeof(IEnumerable<>);
}
