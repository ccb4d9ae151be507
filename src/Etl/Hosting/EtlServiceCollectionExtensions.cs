using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PaletteEtl.Catalogue;
using PaletteEtl.Pipeline;

namespace PaletteEtl.Hosting;

/// <summary>Registers pipelines with a program's services.</summary>
/// <remarks>A pipeline is an <see cref="EtlPipeline"/> and a <see cref="PaletteExtractor"/> with the same options. One whose store is the
/// SQLite catalogue also has its <see cref="ICatalogueStatus"/>, <see cref="IPalettes"/>, <see cref="IDeadLetters"/> and
/// <see cref="IDamagedPalettes"/>. <c>services.Configure&lt;EtlOptions&gt;</c> changes the options after <c>AddEtl</c>. They are validated
/// when the host starts, or else when the first part is created: an option out of its range and an unknown key of the configuration are
/// refused then, with an <see cref="OptionsValidationException"/> or an <see cref="InvalidOperationException"/> that names them.</remarks>
[SuppressMessage("ApiDesign", "RS0026", Justification = "The parameter before the optional one, which is required, tells the overloads apart.")]
public static class EtlServiceCollectionExtensions
{
    /// <summary>Adds a pipeline with the options of a configuration.</summary>
    /// <param name="services">The services of the program.</param>
    /// <param name="configuration">The root of the configuration, whose section <c>Etl</c> may be missing, or that section, or one that
    /// contains it.</param>
    /// <param name="compose">Replaces or decorates parts, such as the store, the covers or the quantizer; called once, at once. Null for the
    /// default parts.</param>
    /// <returns>The services, for further calls.</returns>
    /// <exception cref="InvalidOperationException">The services have a pipeline already.</exception>
    public static IServiceCollection AddEtl(
        this IServiceCollection services, IConfiguration configuration, Action<EtlBuilder>? compose = null) =>
        services.AddPipeline(key: null, PipelineRegistration.BindTo(configuration), compose);

    /// <summary>Adds a pipeline with options that the program sets.</summary>
    /// <param name="services">The services of the program.</param>
    /// <param name="configure">Changes the default options.</param>
    /// <param name="compose">Replaces or decorates parts, such as the store, the covers or the quantizer; called once, at once. Null for the
    /// default parts.</param>
    /// <returns>The services, for further calls.</returns>
    /// <exception cref="InvalidOperationException">The services have a pipeline already.</exception>
    public static IServiceCollection AddEtl(
        this IServiceCollection services, Action<EtlOptions> configure, Action<EtlBuilder>? compose = null) =>
        services.AddPipeline(key: null, configure, compose);

    /// <summary>Adds a pipeline under a key, one for each catalogue of a program, with the options of a configuration:
    /// <c>GetRequiredKeyedService&lt;EtlPipeline&gt;("films")</c>. The instruments of its meter have the tag <c>etl.pipeline</c>.</summary>
    /// <param name="services">The services of the program.</param>
    /// <param name="key">The key, which is also the name of the options; not empty.</param>
    /// <param name="configuration">The root of the configuration, the section <c>Etl</c>, or one that contains it, such as
    /// <c>GetSection("Films")</c> for the options of <c>Films:Etl</c>.</param>
    /// <param name="compose">Replaces or decorates parts; called once, at once. The services that a part is created with find the other parts
    /// of the same pipeline. Null for the default parts.</param>
    /// <returns>The services, for further calls.</returns>
    /// <exception cref="InvalidOperationException">The services have a pipeline of this key already.</exception>
    public static IServiceCollection AddKeyedEtl(
        this IServiceCollection services, string key, IConfiguration configuration, Action<EtlBuilder>? compose = null) =>
        services.AddKeyedPipeline(key, PipelineRegistration.BindTo(configuration), compose);

    /// <summary>Adds a pipeline under a key, one for each catalogue of a program, with options that the program sets:
    /// <c>GetRequiredKeyedService&lt;EtlPipeline&gt;("films")</c>. The instruments of its meter have the tag <c>etl.pipeline</c>.</summary>
    /// <param name="services">The services of the program.</param>
    /// <param name="key">The key, which is also the name of the options; not empty.</param>
    /// <param name="configure">Changes the default options.</param>
    /// <param name="compose">Replaces or decorates parts; called once, at once. The services that a part is created with find the other parts
    /// of the same pipeline. Null for the default parts.</param>
    /// <returns>The services, for further calls.</returns>
    /// <exception cref="InvalidOperationException">The services have a pipeline of this key already.</exception>
    public static IServiceCollection AddKeyedEtl(
        this IServiceCollection services, string key, Action<EtlOptions> configure, Action<EtlBuilder>? compose = null) =>
        services.AddKeyedPipeline(key, configure, compose);

    private static IServiceCollection AddKeyedPipeline(
        this IServiceCollection services, string key, Action<EtlOptions> configure, Action<EtlBuilder>? compose)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        return services.AddPipeline(key, configure, compose);
    }
}
