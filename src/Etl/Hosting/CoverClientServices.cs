using System.Diagnostics.Metrics;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PaletteEtl.Covers.Formats;
using PaletteEtl.Covers.Http;
using PaletteEtl.Telemetry;

namespace PaletteEtl.Hosting;

/// <summary>Registers <see cref="CoverClient"/>, for the pipeline and for single pictures.</summary>
internal static class CoverClientServices
{
    /// <param name="services">The services of the program.</param>
    /// <param name="key">The key of the pipeline that uses the client; null for the program's only one.</param>
    public static IServiceCollection AddCoverClient(this IServiceCollection services, string? key = null)
    {
        var parts = new PartRegistry(services, key);
        string name = key is null ? CoverClient.Name : $"{CoverClient.Name}:{key}";
        services.AddHttpClient(name, static client => client.Timeout = Timeout.InfiniteTimeSpan) // deadlines rule
            .UseSocketsHttpHandler((handler, provider) =>
            {
                handler.AllowAutoRedirect = false; // it would take headers with it to other servers
                handler.UseCookies = false;
                handler.RequestHeaderEncodingSelector =
                    static (name, _) => name == CoverRequests.TagHeader ? Encoding.Latin1 : null; // ASCII otherwise
                handler.ConnectTimeout = parts.ServicesOf(provider).GetRequiredService<IOptions<EtlOptions>>().Value.Fetch.AttemptTimeout;
            })
            .RemoveAllLoggers(); // they write URLs
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        parts.TryAdd(provider => new EtlMetrics(provider.GetRequiredService<IMeterFactory>(), key));
        parts.TryAdd(provider => new CoverLocations(
            provider.GetRequiredService<IOptions<EtlOptions>>().Value.Fetch,
            () => provider.GetRequiredService<IHttpClientFactory>().CreateClient(name)));
        parts.TryAdd(provider => new CoverClient(
            () => provider.GetRequiredService<IHttpClientFactory>().CreateClient(name),
            provider.GetRequiredService<IOptions<EtlOptions>>().Value.Fetch,
            CoverFormats.All,
            provider.GetRequiredService<EtlMetrics>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<CoverClient>>()));
        return services;
    }
}
