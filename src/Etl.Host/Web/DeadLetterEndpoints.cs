using Etl.Host.Service;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using PaletteEtl.Catalogue;
using PaletteEtl.Catalogue.Sqlite;
using PaletteEtl.Model;

namespace Etl.Host.Web;

/// <summary>Dead letters: a page of them, and their retry; and palettes of damaged covers.</summary>
internal sealed class DeadLetterEndpoints(CatalogueAccess access, TimeProvider clock)
{
    private const int MaxCount = 500;
    private const int MaxKeys = 10_000;

    public async Task<IResult> ListAsync(CancellationToken aborted, long after = long.MaxValue, string? reason = null, int count = 50)
    {
        return IsAllowed(count) ? await access.UseAsync(SqliteOpenMode.ReadOnly, List, aborted) : CountRefused;

        IResult List(ServicePipeline pipeline, SqliteCatalogue catalogue)
        {
            IReadOnlyList<ReasonCount> reasons = StoredDeadLetters.CountByReason(catalogue);
            StoredDeadLetter[] letters = [.. StoredDeadLetters.ReadBack(catalogue, reason, after).Take(count + 1)];
            return Answer.Of(new DeadLettersJson(
                reasons.Where(same => reason is null || same.Reason == reason).Sum(static same => same.Count),
                [.. reasons.Select(static same => new ReasonJson(same.Reason, same.Count))],
                [.. letters.Take(count).Select(letter => Row(letter, pipeline.Schedule))],
                letters.Length > count ? letters[count - 1].Key : null));
        }
    }

    public async Task<IResult> ListDamagedAsync(CancellationToken aborted, long after = long.MaxValue, int count = 50)
    {
        return IsAllowed(count) ? await access.UseAsync(SqliteOpenMode.ReadOnly, List, aborted) : CountRefused;

        IResult List(ServicePipeline pipeline, SqliteCatalogue catalogue)
        {
            StoredDamage[] damages = [.. StoredDamages.ReadBack(catalogue, after).Take(count + 1)];
            return Answer.Of(new DamagedJson(
                StoredDamages.Count(catalogue),
                [.. damages.Take(count).Select(static damage =>
                    new DamagedRowJson(damage.Key, damage.MovieId.ToString(), damage.Message, damage.At))],
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
            : await access.UseAsync(SqliteOpenMode.ReadWrite, (_, catalogue) => Answer.Of(new RetriedJson(Retry(catalogue, wanted))), aborted);
    }

    private static IResult CountRefused => Answer.Problem(StatusCodes.Status400BadRequest, $"count must be from 1 to {MaxCount}.");

    private static bool IsAllowed(int count) => count is >= 1 and <= MaxCount;

    private static long Retry(SqliteCatalogue catalogue, RetryJson wanted) =>
        wanted.Keys is { } keys ? StoredDeadLetters.Retry(catalogue, keys, wanted.Ids) : StoredDeadLetters.Retry(catalogue, wanted.Reason);

    private DeadLetterRowJson Row(StoredDeadLetter letter, RetrySchedule schedule)
    {
        FailureReason reason = FailureReasons.TryParse(letter.Reason, out FailureReason known) ? known : FailureReason.Internal;
        var failure = new DeadLetter(reason, letter.Attempts, Version: null, letter.Stage, DeadLetterTable.Parse(letter.LastAt));
        DateTimeOffset due = schedule.DueAt(letter.MovieId, failure);
        return new DeadLetterRowJson(
            letter.Key,
            letter.MovieId.Shown,
            letter.Stage,
            letter.Reason,
            letter.Message,
            letter.Attempts,
            letter.FirstAt,
            letter.LastAt,
            due > clock.GetUtcNow() ? due : null);
    }
}
