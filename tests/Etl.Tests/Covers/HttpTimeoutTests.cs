using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using PaletteEtl.Model;

namespace Etl.Tests.Covers;

/// <summary>Servers that take their time.</summary>
public sealed class HttpTimeoutTests
{
    private static readonly byte[] Cover = [.. Enumerable.Range(0, 200).Select(i => (byte)i)];

    private readonly FakeTimeProvider _clock = new();

    public static TheoryData<string> SlowServers => ["silent", "stops in the middle", "drips"];

    [Theory]
    [MemberData(nameof(SlowServers))]
    public async Task FetchAsync_NotDoneInTime_FailsAsTimeout(string kind)
    {
        await using CoverServer server = await CoverServer.StartAsync(Slow(kind));
        using TestCovers covers = CoversAt(server, retries: 0);

        Task<CoverException> failing = covers.FailAsync("a");
        await Eventually.Holds(() => kind == "silent" ? server.Answering == 1 : covers.Budget.Taken == 300);
        await PassUntil(failing);

        Assert.Equal(
            (FailureReason.Timeout, $"{server.Url}/a did not send the cover within 30 s."),
            ((await failing).Reason, (await failing).Message));
        Assert.Equal(1, server.Requests);
    }

    [Fact]
    public async Task FetchAsync_TooSlowOnce_IsAskedAgain()
    {
        await using CoverServer server = await CoverServer.StartAsync(Answers.InTurn(Slow("silent"), Answers.Body(Cover)));
        using TestCovers covers = CoversAt(server, retries: 1);

        Task<(byte[] Bytes, CoverVersion)> fetching = covers.FetchAsync("a");
        await Eventually.Holds(() => server.Answering == 1);
        _clock.Advance(TimeSpan.FromSeconds(30));
        await PassUntil(fetching);

        Assert.Equal(Cover, (await fetching).Bytes);
    }

    [Fact]
    public async Task FetchAsync_TooSlowEveryTime_FailsWhenTheTimeOfAllIsUp()
    {
        await using CoverServer server = await CoverServer.StartAsync(Slow("silent"));
        using TestCovers covers = CoversAt(server, retries: 10);

        Task<CoverException> failing = covers.FailAsync("a");
        await PassUntil(failing);

        Assert.Equal(
            (FailureReason.Timeout, $"{server.Url}/a did not send the cover within 120 s."),
            ((await failing).Reason, (await failing).Message));
        Assert.InRange(server.Requests, 1, 4);
    }

    [Fact]
    public async Task FetchAsync_ShortestTimesAllowed_FailsAsTimeout()
    {
        await using CoverServer server = await CoverServer.StartAsync(Slow("silent"));
        using var covers = new TestCovers($"{server.Url}/{{id}}");
        covers.Options.Fetch.AttemptTimeout = covers.Options.Fetch.Timeout = TimeSpan.FromMilliseconds(100);

        Assert.Equal(FailureReason.Timeout, (await covers.FailAsync("a")).Reason);
    }

    [Fact]
    public async Task FetchAsync_WaitingForMemory_TakesNoneOfTheTime()
    {
        await using CoverServer server = await CoverServer.StartAsync(Answers.Body(Cover));
        using TestCovers covers = CoversAt(server, retries: 0);
        using Reservation other = Reservations.Of(covers.Budget);
        await other.TakeAsync(covers.Budget.Bytes, CancellationToken.None);

        Task<(byte[] Bytes, CoverVersion)> fetching = covers.FetchAsync("a");
        await Eventually.Holds(() => !covers.Budget.TryTake(0)); // nobody passes those who wait
        _clock.Advance(TimeSpan.FromHours(1));
        other.Dispose();

        Assert.Equal(Cover, (await fetching).Bytes);
    }

    [Fact]
    public async Task FetchAsync_RunIsAborted_EndsAtOnce()
    {
        using var aborting = new CancellationTokenSource();
        await using CoverServer server = await CoverServer.StartAsync(Slow("silent"));
        using TestCovers covers = CoversAt(server, retries: 3);

        Task fetching = covers.FetchAsync("a", previous: null, aborting.Token);
        await Eventually.Holds(() => server.Answering == 1);
        await aborting.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fetching);
        Assert.Equal((1, 0), (server.Requests, covers.Budget.Taken));
    }

    /// <summary>Lets time pass, a second after the other, until a task has ended.</summary>
    private Task PassUntil(Task task) => Eventually.Holds(() =>
    {
        _clock.Advance(TimeSpan.FromSeconds(1));
        return task.IsCompleted;
    });

    private TestCovers CoversAt(CoverServer server, int retries) =>
        new($"{server.Url}/{{id}}") { Clock = _clock, Options = { Fetch = { Retries = retries } } };

    private static RequestDelegate Slow(string kind) => kind switch
    {
        "silent" => Answers.StandStill([], length: 0),
        "drips" => Answers.Drip(length: 300),
        _ => Answers.StandStill(Cover, length: 300),
    };
}
