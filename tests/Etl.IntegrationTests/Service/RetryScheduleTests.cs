using Microsoft.Extensions.Time.Testing;
using PaletteEtl.Model;
using PaletteEtl.Service;

namespace Etl.IntegrationTests.Service;

public sealed class RetryScheduleTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _clock = new(Start);
    private readonly RetrySchedule _schedule;

    public RetryScheduleTests() => _schedule = new RetrySchedule(new EtlServiceOptions(), _clock);

    [Fact]
    public void Take_NoDeadLetter_IsDueAtOnce() => Assert.Null(Take(new Movie(new RowKey(1), new MovieId(1L))));

    [Theory]
    [InlineData(1, "00:01:00")]
    [InlineData(2, "00:02:00")]
    [InlineData(3, "00:04:00")]
    [InlineData(11, "17:04:00")]
    [InlineData(12, "1.00:00:00")]
    [InlineData(5_000, "1.00:00:00")]
    public void Take_FailureThatMayPass_IsDueAfterADelayThatDoubles(long attempts, string delay) =>
        Assert.Equal(Start + TimeSpan.Parse(delay, null), Take(Failed(FailureReason.NotFound, attempts, Start)));

    [Fact]
    public void Take_AtTheTimeItIsDue_GivesIt()
    {
        Movie movie = Failed(FailureReason.Unreachable, attempts: 1, Start);

        _clock.Advance(TimeSpan.FromSeconds(59));
        Assert.NotNull(Take(movie));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(Take(movie));
    }

    [Fact]
    public void Take_RetryAskedFor_IsDueAtOnce() => Assert.Null(Take(Failed(FailureReason.Corrupt, attempts: 0, Start.AddDays(1))));

    [Fact]
    public void Take_FailureThatStandsFromBeforeTheStart_IsLookedAtOnceAndThenEverMoreSeldom()
    {
        Movie movie = Failed(FailureReason.Corrupt, attempts: 1, Start.AddDays(-9));

        Assert.Null(Take(movie));
        Assert.Equal(Start + TimeSpan.FromMinutes(2), Take(movie));

        _clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Null(Take(movie));
        Assert.Equal(Start + TimeSpan.FromMinutes(6), Take(movie));
    }

    [Fact]
    public void Take_FailureThatStandsOfThisProcess_WaitsFirst()
    {
        _clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(Start + TimeSpan.FromSeconds(70), Take(Failed(FailureReason.Corrupt, attempts: 1, Start.AddSeconds(10))));
    }

    [Fact]
    public void PassEnded_WholePassWithoutAMovie_ForgetsIt()
    {
        Movie movie = Failed(FailureReason.Corrupt, attempts: 1, Start.AddDays(-9));
        Take(movie);

        _schedule.PassEnded(whole: true);

        Assert.Null(Take(movie));
    }

    [Fact]
    public void PassEnded_PassThatWasCutShort_ForgetsNothing()
    {
        Movie movie = Failed(FailureReason.Corrupt, attempts: 1, Start.AddDays(-9));
        Take(movie);

        _schedule.PassEnded(whole: false);

        Assert.NotNull(Take(movie));
    }

    [Fact]
    public void DueAt_Asked_DoesNotCountAsATry()
    {
        Movie movie = Failed(FailureReason.Corrupt, attempts: 1, Start.AddDays(-9));

        Assert.True(_schedule.DueAt(movie.Id, movie.Previous) <= Start);
        Assert.Null(Take(movie));
        Assert.Equal(Start + TimeSpan.FromMinutes(2), _schedule.DueAt(movie.Id, movie.Previous));
    }

    [Theory]
    [InlineData(FailureReason.NotFound, 1.0)]
    [InlineData(FailureReason.NotFound, 4_000_000.0)]
    [InlineData(FailureReason.Corrupt, 1.0)]
    [InlineData(FailureReason.Corrupt, 24.0 * 365)]
    public void Take_FailureInTheFuture_CountsAsOfThePassThatFindsIt(FailureReason reason, double hours)
    {
        Movie movie = Failed(reason, attempts: 2, Start.AddHours(hours));
        _clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(Start + TimeSpan.FromSeconds(130), Pass(movie));
        _clock.Advance(TimeSpan.FromSeconds(119));
        Assert.Equal(Start + TimeSpan.FromSeconds(130), Pass(movie));
        Assert.Equal(Start + TimeSpan.FromSeconds(130), _schedule.DueAt(movie.Id, movie.Previous));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(Pass(movie));
    }

    [Fact]
    public void Take_FailureAtTheEndOfTime_IsDueAfterItsDelay()
    {
        Movie movie = Failed(FailureReason.Timeout, attempts: 1, DateTimeOffset.MaxValue);

        Assert.Equal(Start + TimeSpan.FromMinutes(1), Pass(movie));
    }

    [Fact]
    public void Take_ClockIsSetBack_CountsFromTheNewTime()
    {
        Movie before = Failed(FailureReason.Corrupt, attempts: 1, Start.AddDays(-9));
        Movie since = Failed(FailureReason.Timeout, attempts: 1, Start, id: 2);
        Pass(before, since);

        _clock.AdjustTime(Start.AddHours(-5));
        Assert.Equal(Start.AddHours(-5).AddMinutes(2), Pass(before, since)); // looked at once in vain
        Assert.Equal(Start.AddHours(-5).AddMinutes(1), _schedule.DueAt(since.Id, since.Previous));
        _clock.Advance(TimeSpan.FromMinutes(2));

        Assert.Null(Pass(before, since));
    }

    [Fact]
    public void Take_FailureThatStandsAfterTheClockIsSetBack_WaitsFirst()
    {
        _clock.AdjustTime(Start.AddHours(-5));
        _clock.Advance(TimeSpan.FromSeconds(10));
        _schedule.Take(Failed(FailureReason.Corrupt, attempts: 1, Start.AddHours(-5), id: 3), _clock.GetUtcNow(), out _);
        DateTimeOffset failed = _clock.GetUtcNow();

        Assert.Equal(failed.AddMinutes(1), Pass(Failed(FailureReason.Corrupt, attempts: 1, failed)));
    }

    /// <summary>One whole pass over a catalogue that holds the movies. Returns when the first is due.</summary>
    private DateTimeOffset? Pass(params Movie[] movies)
    {
        DateTimeOffset?[] due = [.. movies.Select(movie => _schedule.Take(movie, _clock.GetUtcNow(), out DateTimeOffset? next) ? null : next)];
        _schedule.PassEnded(whole: true);
        return due[0];
    }

    /// <summary>One pass over a catalogue that holds the movie.</summary>
    private DateTimeOffset? Take(Movie movie)
    {
        if (!_schedule.Take(movie, _clock.GetUtcNow(), out DateTimeOffset? next))
        {
            return next;
        }

        _schedule.PassEnded(whole: true);
        return null;
    }

    private static Movie Failed(FailureReason reason, long attempts, DateTimeOffset at, long id = 1) =>
        new(new RowKey(id), new MovieId(id), new DeadLetter(reason, attempts, Version: null, LastAt: at));
}
