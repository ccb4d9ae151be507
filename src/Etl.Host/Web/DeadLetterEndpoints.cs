using Etl.Host.Service;
using Etl.Pipeline;
using Etl.Write;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;

namespace Etl.Host.Web;

/// <summary>Dead letters: a page of them, and their retry.</summary>
internal sealed class DeadLetterEndpoints(CatalogueAccess access, TimeProvider clock)
{
    private const int MaxCount = 500;
    private const int MaxKeys = 10_000;

    public IResult List(long after = long.MaxValue, string? reason = null, int count = 50)
    {
        if (count is < 1 or > MaxCount)
        {
            return Answer.Problem(StatusCodes.Status400BadRequest, $"count must be from 1 to {MaxCount}.");
        }

        return access.Use(SqliteOpenMode.ReadOnly, (pipeline, catalogue) =>
        {
            IReadOnlyList<ReasonCount> reasons = StoredDeadLetters.CountByReason(catalogue);
            StoredDeadLetter[] letters = [.. StoredDeadLetters.ReadBack(catalogue, reason, after).Take(count + 1)];
            return Answer.Of(new DeadLettersJson(
                reasons.Where(same => reason is null || same.Reason == reason).Sum(static same => same.Count),
                [.. reasons.Select(static same => new ReasonJson(same.Reason, same.Count))],
                [.. letters.Take(count).Select(letter => Row(letter, pipeline.Schedule))],
                letters.Length > count ? letters[count - 1].Key : null));
        });
    }

    public IResult Retry(RetryJson wanted)
    {
        if (wanted.Keys is { Count: > MaxKeys })
        {
            return Answer.Problem(StatusCodes.Status400BadRequest, $"keys must be at most {MaxKeys}.");
        }

        return wanted.Reason is { } reason && !FailureReasons.TryParse(reason, out _)
            ? Answer.Problem(StatusCodes.Status400BadRequest, $"There is no reason '{reason}'.")
            : access.Use(SqliteOpenMode.ReadWrite, (_, catalogue) => Answer.Of(new RetriedJson(
                wanted.Keys is { } keys ? StoredDeadLetters.Retry(catalogue, keys) : StoredDeadLetters.Retry(catalogue, wanted.Reason))));
    }

    private DeadLetterRowJson Row(StoredDeadLetter letter, RetrySchedule schedule)
    {
        FailureReason reason = FailureReasons.TryParse(letter.Reason, out FailureReason known) ? known : FailureReason.Internal;
        var failure = new DeadLetter(reason, letter.Attempts, Version: null, letter.Stage, DeadLetterTable.Parse(letter.LastAt));
        DateTimeOffset due = schedule.DueAt(letter.MovieId, failure);
        return new DeadLetterRowJson(
            letter.Key,
            letter.MovieId.Stored is null ? null : letter.MovieId.ToString(),
            letter.Stage,
            letter.Reason,
            letter.Message,
            letter.Attempts,
            letter.FirstAt,
            letter.LastAt,
            due > clock.GetUtcNow() ? due : null);
    }
}
