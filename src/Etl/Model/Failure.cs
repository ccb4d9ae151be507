namespace PaletteEtl.Model;

/// <summary>The reason why a movie has no value: the stage that failed, and why.</summary>
/// <param name="Stage">The stage's name: <c>fetch</c>, <c>decode</c>, <c>quantize</c> or <c>write</c>.</param>
/// <param name="Reason">The reason, from the closed set.</param>
/// <param name="Message">One sentence for a person.</param>
/// <param name="Version">The cover's version; null where it is not known.</param>
public sealed record Failure(string Stage, FailureReason Reason, string Message, CoverVersion? Version)
{
    /// <summary>An exception of a stage as a failure.</summary>
    internal static Failure Of(string stage, Exception error, CoverVersion? version) => error switch
    {
        CoverException cover => new(stage, cover.Reason, cover.Message, cover.Version ?? version),
        TimeoutException or OperationCanceledException => new(stage, FailureReason.Timeout, error.Message, version),
        _ => new(stage, FailureReason.Internal, $"{error.GetType().Name}: {error.Message}", version),
    };
}
