namespace PaletteEtl.Model;

/// <summary>A stored failure, as far as the next run needs it.</summary>
/// <param name="Reason">Why the movie failed.</param>
/// <param name="Attempts">How often it failed since a retry was asked for; 0 when one is.</param>
/// <param name="Version">The cover it failed with, where known.</param>
/// <param name="Stage">The stage that failed.</param>
/// <param name="LastAt">When it last failed, where known.</param>
internal sealed record DeadLetter(
    FailureReason Reason, long Attempts, CoverVersion? Version, string? Stage = null, DateTimeOffset? LastAt = null)
{
    /// <summary>Whether trying again is pointless as long as the cover stays as it was.</summary>
    public bool Stands => Attempts > 0 && !Reason.IsTransient();

    /// <summary>Ends the item when this failure still holds for the cover at hand.</summary>
    /// <exception cref="CoverException">The cover is the one that failed; the exception says that the failure stands.</exception>
    public void ThrowIfUnchanged(CoverVersion? version)
    {
        if (Stands && Version == version)
        {
            throw new CoverException(Reason, "The cover has not changed since it failed.") { Version = version, Stands = true };
        }
    }
}
