namespace Etl.Host.Json;

/// <summary>The last day of the service by minute, of <c>/api/timeline</c>, the oldest first.</summary>
/// <param name="Now">The time of the answer.</param>
/// <param name="Minutes">The minutes; the last one is not over, and those in which the process was suspended are left out.</param>
internal sealed record TimelineJson(DateTimeOffset Now, IReadOnlyList<MinuteJson> Minutes);

/// <summary>A minute of the service.</summary>
/// <param name="At">Its beginning.</param>
/// <param name="StateSeconds">Seconds in each state, such as <c>{"idle": 57, "running": 3}</c>; states without any are left out.</param>
/// <param name="LimitingStageSeconds">Seconds of runs that each stage limited, likewise.</param>
/// <param name="Settled">Movies settled; skipped movies and those that failed again do not count.</param>
/// <param name="DeadLetters">Movies among them that failed.</param>
/// <param name="Runs">Runs begun.</param>
/// <param name="Reloads">Changes of the configuration taken over.</param>
internal sealed record MinuteJson(
    DateTimeOffset At,
    IReadOnlyDictionary<string, int> StateSeconds,
    IReadOnlyDictionary<string, int> LimitingStageSeconds,
    long Settled,
    long DeadLetters,
    int Runs,
    int Reloads);
