namespace Etl.IntegrationTests.Jpeg;

/// <summary>What became of a JPEG.</summary>
/// <param name="Failure">Why it has no colours; null when it has.</param>
/// <param name="Colors">A digest of its histogram; null when it failed.</param>
internal sealed record DecodedJpeg(string? Failure, string? Colors);
