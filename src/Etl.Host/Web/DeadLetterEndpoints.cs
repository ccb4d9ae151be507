using Etl.Host.Json;
using Etl.Host.Service;
using Microsoft.AspNetCore.Http;
using PaletteEtl.Catalogue;
using PaletteEtl.Service;

namespace Etl.Host.Web;

/// <summary>Dead letters: a page of them, and their retry; and palettes of damaged covers.</summary>
internal sealed class DeadLetterEndpoints(CatalogueAccess access, TimeProvider clock)
{
    private const int MaxCount = 500;
    private const int MaxKeys = 10_000;

    /// <summary>Lists dead letters, the newest first.</summary>
    /// <param name="aborted">The client has gone.</param>
    /// <param name="after">The key of the last one of the page before.</param>
    /// <param name="reason">The reason they have; null for all.</param>
    /// <param name="from">The earliest time of their first failure.</param>
    /// <param name="to">The end of these times.</param>
    /// <param name="count">Maximum number.</param>
    public async Task<IResult> ListAsync(
        CancellationToken aborted, long after = long.MaxValue, string? reason = null, DateTimeOffset? from = null, DateTimeOffset? to = null, int count = 50)
    {
        return IsAllowed(count) ? await access.UseAsync(List, aborted) : CountRefused;

        IResult List(ServedPipeline pipeline)
        {
            IReadOnlyList<ReasonCount> reasons = pipeline.Catalogue.DeadLetters.CountByReason();
            StoredDeadLetter[] letters =
                [.. FirstFailed(pipeline.Catalogue.DeadLetters.ReadBack(reason, after), from, to).Take(count + 1)];
            return Answer.Of(new DeadLettersJson(
                from is null && to is null ? reasons.Where(same => reason is null || same.Reason == reason).Sum(static same => same.Count) : null,
                reasons,
                [.. letters.Take(count).Select(letter => Row(letter, pipeline.Schedule))],
                letters.Length > count ? letters[count - 1].Key : null));
        }
    }

    public async Task<IResult> ListDamagedAsync(CancellationToken aborted, long after = long.MaxValue, int count = 50)
    {
        return IsAllowed(count) ? await access.UseAsync(List, aborted) : CountRefused;

        IResult List(ServedPipeline pipeline)
        {
            StoredDamage[] damages = [.. pipeline.Catalogue.DamagedPalettes.ReadBack(after).Take(count + 1)];
            return Answer.Of(new DamagedPalettesJson(
                pipeline.Catalogue.DamagedPalettes.Count(),
                [.. damages.Take(count).Select(static damage => new DamagedPaletteJson(damage))],
                damages.Length > count ? damages[count - 1].Key : null));
        }
    }

    public async Task<IResult> RetryAsync(RetryJson wanted, CancellationToken aborted)
    {
        string? problem = wanted switch
        {
            { Keys: not null, Reason: not null } => "Give keys or a reason, not both.",
            { Keys.Count: > MaxKeys } => $"At most {MaxKeys} keys are allowed.",
            { Ids: { } ids } when ids.Count != wanted.Keys?.Count => "Give as many ids as keys.",
            { Reason: { } reason } when !FailureReasons.TryParse(reason, out _) => $"'{reason}' is not a reason.",
            _ => null,
        };
        return problem is not null
            ? Answer.Problem(StatusCodes.Status400BadRequest, problem)
            : await access.UseAsync(pipeline => Answer.Of(new DeadLetterChangesJson(Retried: Retry(pipeline.Catalogue.DeadLetters, wanted))), aborted);
    }

    /// <summary>Those of a time. They come in the order of their first failure, so reading ends before the older ones.</summary>
    private static IEnumerable<StoredDeadLetter> FirstFailed(IEnumerable<StoredDeadLetter> letters, DateTimeOffset? from, DateTimeOffset? to)
    {
        string? first = from is { } start ? CatalogueTime.Format(start) : null, end = to is { } stop ? CatalogueTime.Format(stop) : null;
        return letters
            .SkipWhile(letter => end is not null && string.CompareOrdinal(letter.FirstAt, end) >= 0)
            .TakeWhile(letter => first is null || string.CompareOrdinal(letter.FirstAt, first) >= 0);
    }

    private static IResult CountRefused => Answer.Problem(StatusCodes.Status400BadRequest, $"count must be from 1 to {MaxCount}.");

    private static bool IsAllowed(int count) => count is >= 1 and <= MaxCount;

    private static long Retry(IDeadLetters letters, RetryJson wanted) =>
        wanted.Keys is { } keys ? letters.Retry(keys, wanted.Ids) : letters.Retry(wanted.Reason);

    private DeadLetterJson Row(StoredDeadLetter letter, RetrySchedule schedule)
    {
        FailureReason reason = FailureReasons.TryParse(letter.Reason, out FailureReason known) ? known : FailureReason.Internal;
        var failure = new DeadLetter(reason, letter.Attempts, Version: null, letter.Stage, CatalogueTime.Parse(letter.LastAt));
        DateTimeOffset due = schedule.DueAt(letter.MovieId, failure);
        return new DeadLetterJson(letter, due > clock.GetUtcNow() ? due : null);
    }
}
