using System.Diagnostics;
using System.Text.Json;

namespace PaletteEtl.Telemetry;

/// <summary>All spans: one a run, one a batch, and, of the movies that are sampled, one a movie with one a stage.</summary>
/// <remarks>A movie is a trace of its own, with a link to the run, so that it can be sampled by itself.</remarks>
internal static class EtlActivities
{
    /// <summary>The names of spans.</summary>
    public const string RunName = "etl.run", MovieName = "etl.movie", BatchName = "etl.batch", ExtractName = "etl.extract";

    private const string QueryName = "etl.query", WaitName = "etl.wait", WriteName = "etl.write";

    private static readonly ActivitySource Source = new(EtlTelemetry.ActivitySourceName, EtlTelemetry.Version);

    public static Activity? StartRun() => Source.StartActivity(RunName);

    /// <summary>The span of a movie that has been read; null unless it is sampled.</summary>
    /// <param name="movie">The movie.</param>
    /// <param name="run">The link to the run, which is the same for all its movies.</param>
    /// <param name="read">The time that reading it took, which is the first of its children.</param>
    public static Activity? StartMovie(Movie movie, ActivityLink[] run, TimeSpan read)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        Activity? current = Activity.Current;
        Activity.Current = null; // a root: not the run's child
        try
        {
            // A sampler may let the root of a trace exist that it does not record.
            DateTimeOffset asked = TimeProvider.System.GetUtcNow() - read;
            Activity? span = Source.StartActivity(MovieName, ActivityKind.Internal, default(ActivityContext), tags: null, run, asked);
            if (span is not { Recorded: true })
            {
                return null;
            }

            Since(asked, QueryName, span);
            return span.SetTag(EtlTags.MovieId, movie.Id.ToString());
        }
        finally
        {
            Activity.Current = current;
        }
    }

    /// <summary>The span of a movie's way through this machine, for another one; null unless the movie is sampled there.</summary>
    /// <param name="movie">The span of the movie in W3C's form; null unless it is sampled.</param>
    /// <param name="queue">The queue of RabbitMQ that its request came from.</param>
    public static Activity? StartExtract(string? movie, string queue) =>
        ActivityContext.TryParse(movie, traceState: null, isRemote: true, out ActivityContext parent)
            ? Source.StartActivity(ExtractName, ActivityKind.Consumer, parent)?
                .SetTag("messaging.system", "rabbitmq")
                .SetTag("messaging.destination.name", queue)
                .SetTag("messaging.operation.name", "process")
                .SetTag("messaging.operation.type", "process")
            : null;

    /// <summary>The span of a stage's work on a movie; null unless the movie is sampled.</summary>
    public static Activity? StartStage(string stage, Activity? movie) =>
        movie is null ? null : Source.StartActivity($"etl.{stage}", ActivityKind.Internal, movie.Context);

    /// <summary>The span of a movie's wait for a stage, which ends now.</summary>
    public static void Waited(string stage, Activity? movie, TimeSpan duration) => Took(duration, WaitName, movie, stage);

    /// <summary>The span of a movie's wait for the end of an outage, from the beginning of its stage's span, which begins after it.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="movie">The span of the movie.</param>
    /// <param name="span">The span of the stage.</param>
    /// <param name="worked">The time since the end of the wait.</param>
    public static void Held(string stage, Activity? movie, Activity? span, TimeSpan worked)
    {
        if (movie is not null && span is not null)
        {
            DateTime end = TimeProvider.System.GetUtcNow().UtcDateTime - worked;
            end = end < span.StartTimeUtc ? span.StartTimeUtc : end; // durations come from another clock
            Between(span.StartTimeUtc, end, WaitName, movie, stage);
            span.SetStartTime(end);
        }
    }

    /// <summary>The span of the transaction of a movie, which ends now.</summary>
    public static void Written(Activity? movie, TimeSpan duration) => Took(duration, WriteName, movie);

    /// <summary>The span of a batch, which links to those of its movies that are sampled.</summary>
    public static Activity? StartBatch<T>(Activity? run, Item<T>[] items)
        => run is null ? null : Source.StartActivity(
            BatchName,
            ActivityKind.Internal,
            run.Context,
            tags: null,
            items.Where(static item => item.Span is not null).Select(static item => new ActivityLink(item.Span!.Context)));

    /// <summary>Marks a span with what failed in it.</summary>
    public static void Fail(Activity? span, Failure failure)
    {
        if (span is not null)
        {
            span.SetTag(EtlTags.ErrorType, failure.Reason.Name());
            span.SetStatus(ActivityStatusCode.Error, failure.Message);
        }
    }

    /// <summary>The event of a movie that became a dead letter.</summary>
    public static ActivityEvent DeadLetter(Movie movie, Failure failure) => new(
        "etl.dead_letter",
        tags: new ActivityTagsCollection
        {
            { EtlTags.MovieId, movie.Id.ToString() },
            { EtlTags.Stage, failure.Stage },
            { EtlTags.ErrorType, failure.Reason.Name() },
            { "exception.message", failure.Message },
        });

    /// <summary>Ends the span of a movie with its outcome.</summary>
    public static void End(Activity? movie, Outcome outcome)
    {
        movie?.SetTag(EtlTags.Outcome, Name(outcome.Kind));
        EndExtract(movie, outcome.Failure);
    }

    /// <summary>Ends the span of a movie that another machine goes on with.</summary>
    public static void EndExtract(Activity? movie, Failure? failure)
    {
        if (movie is null)
        {
            return;
        }

        if (failure is not null)
        {
            Fail(movie, failure);
        }

        Activity? current = Activity.Current;
        movie.Dispose();
        Activity.Current = current; // a span's end brings back what was current at its start
    }

    /// <summary>Ends the span of a run with its totals.</summary>
    /// <param name="run">The span.</param>
    /// <param name="end">The end of the run.</param>
    /// <param name="untold">Dead letters beyond those that have an event.</param>
    public static void End(Activity? run, in RunEnd end, long untold)
    {
        if (run is not null)
        {
            run.SetTag("etl.run.ending", end.Ending);
            run.SetTag("etl.run.read", end.Read);
            run.SetTag("etl.run.written", end.Totals.Written);
            run.SetTag("etl.run.damaged", end.Totals.Damaged);
            run.SetTag("etl.run.dead_letters", end.Totals.DeadLetters);
            run.SetTag("etl.run.verdict", end.Verdict);
            if (untold > 0)
            {
                run.SetTag("etl.run.dead_letters.without_event", untold);
            }

            if (end.Fault is { } fault)
            {
                run.SetTag(EtlTags.ErrorType, fault.GetType().FullName);
                run.SetStatus(ActivityStatusCode.Error, fault.Message);
            }

            run.Dispose();
        }
    }

    private static void Took(TimeSpan duration, string name, Activity? movie, string? stage = null)
    {
        if (movie is not null)
        {
            // Durations come from another clock, by which a child could begin before its parent.
            DateTime start = TimeProvider.System.GetUtcNow().UtcDateTime - duration;
            Since(start < movie.StartTimeUtc ? movie.StartTimeUtc : start, name, movie, stage);
        }
    }

    /// <summary>Adds a child to a movie's span that ends now.</summary>
    private static void Since(DateTimeOffset start, string name, Activity movie, string? stage = null) =>
        Between(start, end: null, name, movie, stage);

    /// <summary>Likewise, with another end.</summary>
    private static void Between(DateTimeOffset start, DateTime? end, string name, Activity movie, string? stage)
    {
        Activity? current = Activity.Current;
        using (Activity? span = Source.StartActivity(name, ActivityKind.Internal, movie.Context, tags: null, links: null, start))
        {
            span?.SetTag(EtlTags.Stage, stage);
            if (end is { } time)
            {
                span?.SetEndTime(time);
            }
        }

        Activity.Current = current;
    }

    private static string Name(OutcomeKind outcome) => JsonNamingPolicy.SnakeCaseLower.ConvertName(outcome.ToString());
}
