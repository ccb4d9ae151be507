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
    public static IServiceCollection AddCoverClient(this IServiceCollection services)
    {
        services.AddHttpClient(CoverClient.Name, static client => client.Timeout = Timeout.InfiniteTimeSpan) // deadlines rule
            .UseSocketsHttpHandler(static (handler, provider) =>
            {
                handler.AllowAutoRedirect = false; // it would take headers with it to other servers
                handler.UseCookies = false;
                handler.RequestHeaderEncodingSelector =
                    static (name, _) => name == CoverRequests.TagHeader ? Encoding.Latin1 : null; // ASCII otherwise
                handler.ConnectTimeout = provider.GetRequiredService<IOptions<EtlOptions>>().Value.Fetch.AttemptTimeout;
            })
            .RemoveAllLoggers(); // they write URLs
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<EtlMetrics>();
        services.TryAddSingleton(static provider => new CoverClient(
            provider.GetRequiredService<IHttpClientFactory>(),
            provider.GetRequiredService<IOptions<EtlOptions>>().Value.Fetch,
            CoverFormats.All,
            provider.GetRequiredService<EtlMetrics>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<CoverClient>>()));
        return services;
    }
}
