namespace Etl.Cluster.Messages;

/// <summary>A failure as a message has it.</summary>
/// <param name="Stage">The stage that failed.</param>
/// <param name="Reason">The reason.</param>
/// <param name="Message">One sentence for a person.</param>
/// <param name="Version">The version of the cover, where it is known.</param>
/// <param name="Stands">Whether it is the failure of an earlier run over a cover that has not changed, so that the movie is skipped.</param>
internal sealed record ResultFailure(string Stage, FailureReason Reason, string Message, CoverVersion? Version, bool Stands = false)
{
    public static ResultFailure Of(Failure failure) => new(failure.Stage, failure.Reason, failure.Message, failure.Version);

    /// <summary>The cover has the version that failed before.</summary>
    public static ResultFailure Unchanged(DeadLetter previous, CoverVersion? version) =>
        new(StageNames.Fetch, previous.Reason, "The cover has not changed since it failed.", version, Stands: true);

    public Failure ToFailure() => new(Stage, Reason, Message, Version);
}
