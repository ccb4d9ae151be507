using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Etl.Host.Commands;

/// <summary>Distinguishes URLs of images from files. A file may have any name, also one that looks like a URL.</summary>
internal static partial class ImageAddress
{
    /// <summary>Whether a name is a URL that is requested.</summary>
    public static bool IsUrl(string name, [NotNullWhen(true)] out Uri? url) =>
        Uri.TryCreate(name, UriKind.Absolute, out url) && url.Scheme is "http" or "https";

    /// <summary>The path that a <c>file:</c> URL names; any other name as it is.</summary>
    public static string PathOf(string name) =>
        SchemeOf(name) == Uri.UriSchemeFile && Uri.TryCreate(name, UriKind.Absolute, out Uri? url) && (url.Host.Length == 0 || url.IsLoopback)
            ? Uri.UnescapeDataString(url.AbsolutePath) is var path && OperatingSystem.IsWindows() ? path.TrimStart('/') : path
            : name;

    /// <summary>The problem with the name of a file that does not exist, when the name looks like a URL; null when it does not.</summary>
    public static string? Problem(string name) => SchemeOf(name) switch
    {
        null => null,
        "http" or "https" => "The URL is malformed. Write it as https://host/path.",
        "file" => "The URL is malformed, or names another computer. Write it as file:///path.",
        var scheme => $"URLs of the scheme {scheme}: are not supported. Give a file, or a URL that begins with http://, https:// or file:///.",
    };

    private static string? SchemeOf(string name) =>
        Scheme().Match(name) is { Success: true } match ? match.Groups["scheme"].Value.ToLowerInvariant() : null;

    /// <summary>A scheme has two letters or more: one letter is a drive.</summary>
    [GeneratedRegex(@"\A(?:(?<scheme>https?|file|data):|(?<scheme>[a-z][a-z0-9+.-]+):/)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Scheme();
}
