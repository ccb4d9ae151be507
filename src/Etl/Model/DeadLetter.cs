namespace PaletteEtl.Model;

/// <summary>A stored failure, as far as the next run needs it.</summary>
/// <param name="Reason">Why the movie failed.</param>
/// <param name="Attempts">How often it failed since a retry was asked for; 0 when one is.</param>
/// <param name="Version">The cover it failed with, where known.</param>
/// <param name="Stage">The stage that failed.</param>
/// <param name="LastAt">When it last failed, where known.</param>
public sealed record DeadLetter(
    FailureReason Reason, long Attempts, CoverVersion? Version, string? Stage = null, DateTimeOffset? LastAt = null)
{
    /// <summary>Whether trying again is pointless as long as the cover stays as it was.</summary>
    public bool Stands => Attempts > 0 && !Reason.IsTransient();

    /// <summary>Whether the failure holds for a cover, so that the movie is to be skipped.</summary>
    /// <param name="version">The version of the cover; null where it is not known.</param>
    public bool StandsFor(CoverVersion? version) => Stands && Version == version;
}
