namespace PaletteEtl.Covers;

/// <summary>Puts locations that a catalogue has in place of <c>{cover}</c>. They are data, and choose neither the server nor the folder:
/// a whole URL or an absolute path has to begin with the text before the placeholder, and anything else is appended to that text.</summary>
/// <param name="prefix">The text before the placeholder.</param>
/// <param name="suffix">The text after it; null when the template has other placeholders, so that no whole URL or path can be the place.</param>
/// <param name="isUrl">Whether the template is a URL.</param>
internal sealed class StoredLocation(string prefix, string? suffix, bool isUrl)
{
    /// <summary>Maximum number of characters of a location that is used.</summary>
    public const int MaxLength = 8_192;

    private const char Slash = '/';

    private readonly char[] _separators = OperatingSystem.IsWindows() && !isUrl ? [Slash, '\\'] : [Slash];

    // Lazily, because a template is checked before it is used.
    private string CanonicalPrefix => field ??= isUrl ? new Uri(prefix).AbsoluteUri : Path.GetFullPath(prefix + "_")[..^1];

    /// <summary>The place that a whole URL or an absolute path is; null for a location that has to be appended.</summary>
    public CoverPlace? Whole(string location) =>
        LocationTemplate.IsUrlOfAnyScheme(location) ? WholeUrl(location)
        : suffix is not null && !isUrl && Path.IsPathRooted(location) ? WholePath(location)
        : null;

    /// <summary>The location as a part of the place; null when it cannot be one.</summary>
    /// <param name="location">The location, which is no whole URL.</param>
    /// <param name="before">The last character before it; null at the beginning of a path.</param>
    /// <param name="isInQuery">Whether it stands in the query of a URL.</param>
    public string? Appended(string location, char? before, bool isInQuery)
    {
        if (!IsBelow(location))
        {
            return null;
        }

        if (isInQuery)
        {
            return Uri.EscapeDataString(location);
        }

        string text = location.TrimStart(_separators);
        if (before is { } last && !_separators.Contains(last))
        {
            // Folders in the location must not continue the name of one that the template has.
            bool isPath = text.Length < location.Length;
            if (!isPath && text.AsSpan().IndexOfAny(_separators) >= 0)
            {
                return null;
            }

            text = isPath ? Slash + text : text;
        }

        return isUrl ? Uri.EscapeDataString(text).Replace("%2F", "/", StringComparison.Ordinal) : text;
    }

    private CoverPlace WholeUrl(string location)
    {
        if (suffix is not null && isUrl && UrlHere(location) is { } url)
        {
            return CoverPlace.At(url + suffix);
        }

        string server = Uri.TryCreate(location, UriKind.Absolute, out Uri? other) && LocationTemplate.IsHttp(location)
            ? $"of {other.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped)}"
            : "that is not valid";
        return CoverPlace.Refused(
            FailureReason.Forbidden,
            $"The location of the cover is a URL {server}, which begins like none of Etl:Fetch:Locations. Add its server to them, with {{cover}} for the rest.");
    }

    /// <summary>A URL in canonical form, without its fragment; null unless it begins with the text before the placeholder. That text has
    /// the whole authority, so another server, port or user name begins otherwise.</summary>
    private string? UrlHere(string location) =>
        Uri.TryCreate(location, UriKind.Absolute, out Uri? url)
        && url.AbsoluteUri.StartsWith(CanonicalPrefix, StringComparison.Ordinal)
        && url.AbsoluteUri.Length > CanonicalPrefix.Length
        && !location.Any(char.IsControl)
        && IsBelow(Uri.UnescapeDataString(url.AbsolutePath).Replace('\\', Slash)) // a server may decode %2F before it resolves ..
            ? url.GetLeftPart(UriPartial.Query)
            : null;

    private CoverPlace? WholePath(string location)
    {
        if (location.Contains('\0', StringComparison.Ordinal))
        {
            return null;
        }

        string full = Path.GetFullPath(location);
        return full.Length > CanonicalPrefix.Length
            && full.StartsWith(CanonicalPrefix, StringComparison.Ordinal)
            && IsBelow(full.AsSpan(CanonicalPrefix.Length))
                ? CoverPlace.At(full + suffix)
                : null;
    }

    /// <summary>Whether each part of a path names one thing inside the one before it.</summary>
    private bool IsBelow(ReadOnlySpan<char> path)
    {
        foreach (Range part in path.SplitAny(_separators))
        {
            ReadOnlySpan<char> name = path[part];
            if (name is not ("" or ".") && !LocationTemplate.IsName(name))
            {
                return false;
            }
        }

        return true;
    }
}
