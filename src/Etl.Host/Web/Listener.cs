using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;

namespace Etl.Host.Web;

/// <summary>Starts web servers.</summary>
internal static class Listener
{
    /// <summary>Starts a web application.</summary>
    /// <param name="app">The application.</param>
    /// <param name="subject">The program, such as <c>The service</c>.</param>
    /// <param name="addresses">Its addresses.</param>
    /// <param name="options">The options that set them.</param>
    /// <exception cref="UserException">It cannot listen at an address.</exception>
    public static async Task StartAsync(WebApplication app, string subject, string[] addresses, string options)
    {
        try
        {
            await app.StartAsync();
        }
        catch (Exception error) when (error is IOException or SocketException or InvalidOperationException)
        {
            bool lacksCertificate = error is InvalidOperationException && addresses.Any(IsHttps);
            throw new UserException(
                ExitCodes.Failed,
                $"{subject} cannot listen at {string.Join(", ", addresses)}: {error.Message.Split('\n')[0].Trim().TrimEnd('.')}. "
                + (lacksCertificate ? "Set Kestrel:Certificates:Default:Path." : $"Set other addresses with {options}."));
        }
    }

    private static bool IsHttps(string address) => address.StartsWith("https://", StringComparison.OrdinalIgnoreCase);
}
