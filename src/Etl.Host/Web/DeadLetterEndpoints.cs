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

    public async Task<IResult> ListAsync(CancellationToken aborted, long after = long.MaxValue, string? reason = null, int count = 50)
    {
        return IsAllowed(count) ? await access.UseAsync(List, aborted) : CountRefused;

        IResult List(ServedPipeline pipeline)
        {
            IReadOnlyList<ReasonCount> reasons = pipeline.Catalogue.DeadLetters.CountByReason();
            StoredDeadLetter[] letters = [.. pipeline.Catalogue.DeadLetters.ReadBack(reason, after).Take(count + 1)];
            return Answer.Of(new DeadLettersJson(
                reasons.Where(same => reason is null || same.Reason == reason).Sum(static same => same.Count),
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
