using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace PaletteEtl.Hosting;

/// <summary>Registers the parts of one pipeline, under its key if it has one.</summary>
/// <param name="services">The services of the program.</param>
/// <param name="key">The key of the pipeline; null for the program's only one.</param>
internal sealed class PartRegistry(IServiceCollection services, string? key)
{
    /// <summary>Registers a part. It is created with services that find the other parts of the same pipeline.</summary>
    /// <param name="create">Creates the part, once.</param>
    public void Add<T>(Func<IServiceProvider, T> create)
        where T : class => services.Add(Descriptor(create));

    /// <summary>Likewise, unless the program has registered one.</summary>
    /// <param name="create">Creates the part, once.</param>
    public void TryAdd<T>(Func<IServiceProvider, T> create)
        where T : class => services.TryAdd(Descriptor(create));

    /// <summary>A part of this pipeline; null if it has none, even if another pipeline has one.</summary>
    public T? Find<T>(IServiceProvider provider)
        where T : class => key is null ? provider.GetService<T>() : provider.GetKeyedService<T>(key);

    /// <summary>Has the host of the program start and stop a part.</summary>
    public void AddHosted<T>()
        where T : class, IHostedService =>
        services.AddSingleton<IHostedService>(provider => ServicesOf(provider).GetRequiredService<T>()); // AddHostedService adds one of a type

    /// <summary>The services that find the parts of the pipeline.</summary>
    public IServiceProvider ServicesOf(IServiceProvider provider) => key is null ? provider : new PipelineServices(provider, key);

    private ServiceDescriptor Descriptor<T>(Func<IServiceProvider, T> create)
        where T : class => key is null
        ? ServiceDescriptor.Singleton(create)
        : ServiceDescriptor.KeyedSingleton(key, (provider, _) => create(ServicesOf(provider)));
}
