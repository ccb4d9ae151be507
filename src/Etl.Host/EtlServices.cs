using Etl.Host.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Serilog;
using Serilog.Events;
using Spectre.Console;

namespace Etl.Host;

/// <summary>Builds the services of a command: the pipeline over a configuration, and Serilog.</summary>
internal static class EtlServices
{
    /// <summary>A host with the pipeline, its options validated.</summary>
    /// <param name="configuration">The effective configuration.</param>
    /// <param name="errors">Standard error, where log lines are shown.</param>
    /// <param name="console">The least level that is shown there.</param>
    /// <param name="add">Adds or replaces services.</param>
    public static IHost Build(
        EtlConfiguration configuration, IAnsiConsole errors, LogEventLevel console, Action<IServiceCollection>? add = null)
    {
        HostApplicationBuilder builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(
            new HostApplicationBuilderSettings { ApplicationName = "etl" });
        builder.Configuration.AddConfiguration(configuration.Root);
        builder.Services.AddSerilog((_, logger) => logger
            .ReadFrom.Section(configuration.Root)
            .WriteTo.Sink(new ConsoleLog(errors), console));
        add?.Invoke(builder.Services); // first: what is there already is not added again
        builder.Services.AddEtl(builder.Configuration);
        IHost host = builder.Build();
        _ = host.Services.GetRequiredService<IOptions<EtlOptions>>().Value; // throws what the validators found
        return host;
    }
}
