namespace PaletteEtl.Covers.Http;

/// <summary>Whether a header can be sent with the requests for covers.</summary>
internal static class RequestHeader
{
    /// <summary>The problem with a header, or null. The text omits the value, which may be a secret.</summary>
    public static string? Problem(string name, string? value)
    {
        using var request = new HttpRequestMessage();
        return !request.Headers.TryAddWithoutValidation(name, "value") ? "is not a valid request header"
            : string.IsNullOrWhiteSpace(value) ? "must not be empty"
            : value.Any(static c => c is < ' ' or > '~') ? "must be printable ASCII, without line breaks"
            : null;
    }
}
