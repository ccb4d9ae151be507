using System.Diagnostics.CodeAnalysis;
using System.Net;
using Etl.Host.Configuration;
using Etl.Host.Service;
using Microsoft.AspNetCore.Http;

namespace Etl.Host.Web;

/// <summary>The addresses the service answers at, and who can reach them.</summary>
internal static class ServiceAddress
{
    private const string Variable = "ASPNETCORE_URLS";

    /// <summary>The addresses: those of the section <c>Kestrel</c>, or else of <c>--urls</c>, or else of <c>ASPNETCORE_URLS</c>, or else
    /// of <c>Etl:Service:Urls</c>.</summary>
    /// <exception cref="UserException">An address is none, or is open to other machines and there is no API key.</exception>
    public static string[] Of(string? urls, EtlConfiguration configuration, ProcessEnvironment environment)
    {
        ServiceOptions options = configuration.Service;
        string[] endpoints = [.. configuration.KestrelUrls()];
        (string origin, string[] addresses) = endpoints.Length > 0 ? ("Kestrel:Endpoints", endpoints)
            : urls is not null ? ("--urls", Split(urls))
            : environment.Variables.TryGetValue(Variable, out string? given) && given.Length > 0 ? (Variable, Split(given))
            : ($"{ServiceOptions.Section}:Urls", Split(options.Urls));
        foreach ((string address, BindingAddress parsed) in Parse(origin, addresses))
        {
            if (options.ApiKey is null && !IsLocal(parsed))
            {
                throw new UserException(
                    ExitCodes.Refused,
                    $"{origin}: {address} can be reached from other machines, and no API key is set. Set Etl:Service:ApiKey, "
                    + "preferably with the environment variable Etl__Service__ApiKey, or listen at http://127.0.0.1:5080.");
            }
        }

        return addresses;
    }

    /// <summary>The addresses of an option, separated by semicolons.</summary>
    /// <exception cref="UserException">There is none, or one is not valid.</exception>
    public static string[] Parse(string option, string urls) => [.. Parse(option, Split(urls)).Select(static address => address.Address)];

    private static List<(string Address, BindingAddress Parsed)> Parse(string origin, string[] addresses)
    {
        if (addresses.Length == 0)
        {
            throw new UserException(ExitCodes.Refused, $"{origin} has no address. Set one such as http://127.0.0.1:5080.");
        }

        var all = new List<(string, BindingAddress)>();
        foreach (string address in addresses)
        {
            if (!TryParse(address, out BindingAddress? parsed))
            {
                throw new UserException(
                    ExitCodes.Refused, $"{origin}: '{address}' is not a valid address. Set one such as http://127.0.0.1:5080.");
            }

            all.Add((address, parsed));
        }

        return all;
    }

    /// <summary>The names the service may be asked by: any where other machines can reach it; else its own alone, so that no page
    /// reads it by a name that leads here.</summary>
    public static string[] HostsOf(string[] addresses)
    {
        BindingAddress[] parsed = [.. addresses.Select(BindingAddress.Parse)];
        return Array.TrueForAll(parsed, IsLocal)
            ? ["localhost", "127.0.0.1", "[::1]", .. parsed.Select(static address => address.Host)]
            : ["*"];
    }

    private static string[] Split(string urls) => urls.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static bool TryParse(string address, [NotNullWhen(true)] out BindingAddress? parsed)
    {
        try
        {
            parsed = BindingAddress.Parse(address);
            return parsed.Scheme is "http" or "https" && (parsed.IsUnixPipe || parsed.IsNamedPipe || IsAtPort(parsed));
        }
        catch (FormatException)
        {
            parsed = null;
            return false;
        }
    }

    /// <summary>Whether an address is a host and a port. A port that is not a number stays part of the host.</summary>
    private static bool IsAtPort(BindingAddress address) =>
        address.PathBase.Length == 0
        && address.Port is >= 0 and <= IPEndPoint.MaxPort
        && (address.Host[0] == '[' || !address.Host.Contains(':', StringComparison.Ordinal))
        && !(address.Port == 0 && address.Host == "localhost"); // its two addresses would get different ports

    private static bool IsLocal(BindingAddress address) =>
        address.IsUnixPipe
        || address.IsNamedPipe
        || address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(address.Host, out IPAddress? ip) && IPAddress.IsLoopback(ip));
}
