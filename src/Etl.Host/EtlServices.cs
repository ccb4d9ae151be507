using Etl.Host.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Serilog;
using Serilog.Events;

namespace Etl.Host;

/// <summary>Builds the services of a command: the pipeline over a configuration, and Serilog.</summary>
internal static class EtlServices
{
    /// <summary>A host with the pipeline, its options validated.</summary>
    /// <param name="configuration">The effective configuration.</param>
    /// <param name="console">The least level that is shown on standard error.</param>
    /// <param name="add">Adds or replaces services.</param>
    public static IHost Build(
        EtlConfiguration configuration, LogEventLevel console, Action<IServiceCollection>? add = null)
    {
        HostApplicationBuilder builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(
            new HostApplicationBuilderSettings { ApplicationName = "etl" });
        builder.Configuration.AddConfiguration(configuration.Root);
        builder.Services.AddSerilog((_, logger) => logger
            .MinimumLevel.Override("System.Net.Http", LogEventLevel.Warning)
            .ReadFrom.Configuration(configuration.Root)
            .WriteTo.Console(
                restrictedToMinimumLevel: console,
                standardErrorFromLevel: LogEventLevel.Verbose,
                formatProvider: System.Globalization.CultureInfo.InvariantCulture,
                outputTemplate: "{Timestamp:HH:mm:ss} {Level:u3} {Message:lj}{NewLine}{Exception}"));
        builder.Services.AddEtl(builder.Configuration);
        add?.Invoke(builder.Services);
        IHost host = builder.Build();
        _ = host.Services.GetRequiredService<IOptions<EtlOptions>>().Value; // throws what the validators found
        return host;
    }
}
