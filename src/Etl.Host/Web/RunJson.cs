namespace Etl.Host.Web;

/// <summary>The run under way, or else the last one. <c>total</c> and <c>pending</c> are null until the movies it has before
/// it are counted, <c>left</c> while that cannot be told; the speed is that of the last seconds, or of the whole run once it
/// has ended; <c>damaged</c> are those of the palettes written whose cover is damaged.</summary>
internal sealed record RunJson(
    int Number,
    bool Running,
    DateTimeOffset StartedAt,
    double Elapsed,
    long Read,
    long Written,
    long Damaged,
    long DeadLetters,
    long Superseded,
    long SupersededMissing,
    long Skipped,
    long InFlight,
    long Abandoned,
    long? Total,
    long? Pending,
    double? Left,
    double MoviesPerSecond,
    string Verdict,
    IReadOnlyList<StageJson> Stages);
