using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PaletteEtl.Pipeline;

namespace PaletteEtl.Hosting;

/// <summary>Registers pipelines with a program's services.</summary>
/// <remarks>Options are validated when the host starts, or else when the first part is created. An option out of its range and an
/// unknown key of the configuration are refused then, with an <see cref="OptionsValidationException"/> or an
/// <see cref="InvalidOperationException"/> that names them.</remarks>
public static class EtlServiceCollectionExtensions
{
    /// <summary>Adds <see cref="EtlPipeline"/>, its parts and <see cref="PaletteExtractor"/>, with the options of a configuration.</summary>
    /// <param name="services">The services of the program.</param>
    /// <param name="configuration">The root of the configuration, whose section <c>Etl</c> may be missing, or that section, or one that
    /// contains it.</param>
    /// <returns>The services, for further calls.</returns>
    /// <exception cref="InvalidOperationException">The services have a pipeline already.</exception>
    public static IServiceCollection AddEtl(this IServiceCollection services, IConfiguration configuration) =>
        services.AddEtl(configuration, static _ => { });

    /// <summary>Likewise, with parts that are replaced or decorated: other stores, covers or quantizers.</summary>
    /// <param name="services">The services of the program.</param>
    /// <param name="configuration">The root of the configuration, whose section <c>Etl</c> may be missing, or that section, or one that
    /// contains it.</param>
    /// <param name="compose">Replaces or decorates parts; called once, at once.</param>
    /// <returns>The services, for further calls.</returns>
    /// <exception cref="InvalidOperationException">The services have a pipeline already.</exception>
    public static IServiceCollection AddEtl(this IServiceCollection services, IConfiguration configuration, Action<EtlBuilder> compose) =>
        services.AddPipeline(key: null, PipelineRegistration.BindTo(configuration), compose);

    /// <summary>Adds <see cref="EtlPipeline"/>, its parts and <see cref="PaletteExtractor"/>, with options that the program sets.</summary>
    /// <param name="services">The services of the program.</param>
    /// <param name="configure">Changes the default options.</param>
    /// <returns>The services, for further calls.</returns>
    /// <exception cref="InvalidOperationException">The services have a pipeline already.</exception>
    public static IServiceCollection AddEtl(this IServiceCollection services, Action<EtlOptions> configure) =>
        services.AddEtl(configure, static _ => { });

    /// <summary>Likewise, with parts that are replaced or decorated.</summary>
    /// <param name="services">The services of the program.</param>
    /// <param name="configure">Changes the default options.</param>
    /// <param name="compose">Replaces or decorates parts; called once, at once.</param>
    /// <returns>The services, for further calls.</returns>
    /// <exception cref="InvalidOperationException">The services have a pipeline already.</exception>
    public static IServiceCollection AddEtl(this IServiceCollection services, Action<EtlOptions> configure, Action<EtlBuilder> compose) =>
        services.AddPipeline(key: null, configure, compose);

    /// <summary>Adds a pipeline and its parts under a key, one for each catalogue of a program:
    /// <c>GetRequiredKeyedService&lt;EtlPipeline&gt;("films")</c>. The instruments of its meter have the tag <c>etl.pipeline</c>.</summary>
    /// <param name="services">The services of the program.</param>
    /// <param name="key">The key, which is also the name of the options; not empty.</param>
    /// <param name="configuration">As for <see cref="AddEtl(IServiceCollection, IConfiguration)"/>, such as <c>GetSection("Films")</c> for the
    /// options of <c>Films:Etl</c>.</param>
    /// <returns>The services, for further calls.</returns>
    /// <exception cref="InvalidOperationException">The services have a pipeline of this key already.</exception>
    public static IServiceCollection AddKeyedEtl(this IServiceCollection services, string key, IConfiguration configuration) =>
        services.AddKeyedEtl(key, configuration, static _ => { });

    /// <summary>Likewise, with parts that are replaced or decorated. The services that a part is created with find the other parts of
    /// the same pipeline.</summary>
    /// <param name="services">The services of the program.</param>
    /// <param name="key">The key, which is also the name of the options; not empty.</param>
    /// <param name="configuration">As for <see cref="AddEtl(IServiceCollection, IConfiguration)"/>.</param>
    /// <param name="compose">Replaces or decorates parts; called once, at once.</param>
    /// <returns>The services, for further calls.</returns>
    /// <exception cref="InvalidOperationException">The services have a pipeline of this key already.</exception>
    public static IServiceCollection AddKeyedEtl(
        this IServiceCollection services, string key, IConfiguration configuration, Action<EtlBuilder> compose) =>
        services.AddKeyedPipeline(key, PipelineRegistration.BindTo(configuration), compose);

    /// <summary>Likewise, with options that the program sets.</summary>
    /// <param name="services">The services of the program.</param>
    /// <param name="key">The key, which is also the name of the options; not empty.</param>
    /// <param name="configure">Changes the default options.</param>
    /// <returns>The services, for further calls.</returns>
    /// <exception cref="InvalidOperationException">The services have a pipeline of this key already.</exception>
    public static IServiceCollection AddKeyedEtl(this IServiceCollection services, string key, Action<EtlOptions> configure) =>
        services.AddKeyedEtl(key, configure, static _ => { });

    /// <summary>Likewise, with options that the program sets, and parts that are replaced or decorated.</summary>
    /// <param name="services">The services of the program.</param>
    /// <param name="key">The key, which is also the name of the options; not empty.</param>
    /// <param name="configure">Changes the default options.</param>
    /// <param name="compose">Replaces or decorates parts; called once, at once.</param>
    /// <returns>The services, for further calls.</returns>
    /// <exception cref="InvalidOperationException">The services have a pipeline of this key already.</exception>
    public static IServiceCollection AddKeyedEtl(
        this IServiceCollection services, string key, Action<EtlOptions> configure, Action<EtlBuilder> compose) =>
        services.AddKeyedPipeline(key, configure, compose);

    private static IServiceCollection AddKeyedPipeline(
        this IServiceCollection services, string key, Action<EtlOptions> configure, Action<EtlBuilder> compose)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        return services.AddPipeline(key, configure, compose);
    }
}
