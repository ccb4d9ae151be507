namespace PaletteEtl.Covers.Http;

/// <summary>Whether a header can be sent with the requests for covers.</summary>
internal static class RequestHeader
{
    /// <summary>What is wrong with a header, or null. The value, which may be a secret, is not told.</summary>
    public static string? Problem(string name, string? value)
    {
        using var request = new HttpRequestMessage();
        return !request.Headers.TryAddWithoutValidation(name, "value") ? "is not a valid request header"
            : string.IsNullOrWhiteSpace(value) ? "must not be empty"
            : value.Any(static c => c is < ' ' or > '~') ? "must be printable ASCII, without line breaks"
            : null;
    }
}
