using System.Net;
using Etl.Host.Configuration;
using Etl.Host.Service;
using Microsoft.AspNetCore.Http;

namespace Etl.Host.Web;

/// <summary>The addresses the service answers at, and who can reach them.</summary>
internal static class ServiceAddress
{
    private const string Variable = "ASPNETCORE_URLS";

    /// <summary>The addresses: of <c>--urls</c>, or else of <c>ASPNETCORE_URLS</c>, or else of <c>Etl:Service:Urls</c>.
    /// The section <c>Kestrel</c>, where it has endpoints, goes before all of them.</summary>
    /// <exception cref="UserException">An address is none, or is open to other machines and there is no API key.</exception>
    public static string[] Of(string? urls, EtlConfiguration configuration, Surroundings surroundings)
    {
        ServiceOptions options = configuration.ToServiceOptions();
        (string origin, string text) = urls is not null ? ("--urls", urls)
            : surroundings.Variables.TryGetValue(Variable, out string? given) && given.Length > 0 ? (Variable, given)
            : ($"{ServiceOptions.Section}:Urls", options.Urls);
        string[] addresses = text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        string[] endpoints = [.. configuration.KestrelUrls()];
        foreach ((string address, string where) in endpoints.Length > 0
            ? endpoints.Select(static endpoint => (endpoint, "Kestrel:Endpoints"))
            : addresses.Select(address => (address, origin)))
        {
            if (!TryParse(address, out BindingAddress? parsed))
            {
                throw new UserException(
                    ExitCodes.Refused, $"{where}: '{address}' is no address to answer at; give one such as http://127.0.0.1:5080.");
            }

            if (options.ApiKey is null && !IsLocal(parsed))
            {
                throw new UserException(
                    ExitCodes.Refused,
                    $"{where}: {address} can be reached from other machines; set Etl:Service:ApiKey, "
                    + "best by the environment variable Etl__Service__ApiKey, or answer at http://127.0.0.1:5080.");
            }
        }

        return addresses;
    }

    /// <summary>Whether all of these addresses can be reached from this machine alone.</summary>
    public static bool AreLocal(IEnumerable<string> addresses) =>
        addresses.All(static address => TryParse(address, out BindingAddress? parsed) && IsLocal(parsed));

    private static bool TryParse(string address, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out BindingAddress? parsed)
    {
        try
        {
            parsed = BindingAddress.Parse(address);
            return parsed.Scheme is "http" or "https";
        }
        catch (FormatException)
        {
            parsed = null;
            return false;
        }
    }

    private static bool IsLocal(BindingAddress address) =>
        address.IsUnixPipe
        || address.IsNamedPipe
        || address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(address.Host, out IPAddress? ip) && IPAddress.IsLoopback(ip));
}
