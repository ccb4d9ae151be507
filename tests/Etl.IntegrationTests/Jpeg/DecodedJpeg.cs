namespace Etl.IntegrationTests.Jpeg;

/// <summary>The outcome of decoding a JPEG.</summary>
/// <param name="Failure">The failure; null when it was decoded.</param>
/// <param name="Colors">A digest of the histogram; null when it failed.</param>
internal sealed record DecodedJpeg(string? Failure, string? Colors);
