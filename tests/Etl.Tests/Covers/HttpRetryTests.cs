using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Time.Testing;
using PaletteEtl.Covers;
using PaletteEtl.Model;

namespace Etl.Tests.Covers;

/// <summary>Failures that may pass: the request is repeated after a while.</summary>
public sealed class HttpRetryTests
{
    private static readonly byte[] Cover = [.. Enumerable.Range(0, 200).Select(i => (byte)i)];

    private readonly HurriedClock _clock = new(new FetchOptions().AttemptTimeout);

    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    public async Task FetchAsync_StatusThatMayPass_AsksAgainAfterAWhile(int status)
    {
        await using CoverServer server = await CoverServer.StartAsync(Answers.InTurn(Answers.Status(status), Answers.Body(Cover)));
        using TestCovers covers = CoversAt(server);

        Assert.Equal(Cover, (await covers.FetchAsync("a")).Bytes);
        Assert.Equal(2, server.Requests);
        Assert.InRange(Assert.Single(_clock.Waits), TimeSpan.FromTicks(1), TimeSpan.FromSeconds(15));
    }

    [Theory]
    [InlineData("7", 7)]
    [InlineData("Fri, 02 Jan 2026 03:04:14 GMT", 9)] // the clock begins at 03:04:05
    public async Task FetchAsync_ServerSaysWhen_AsksAgainThen(string retryAfter, int seconds)
    {
        await using CoverServer server = await CoverServer.StartAsync(
            Answers.InTurn(Answers.Status(429, ("Retry-After", retryAfter), ("Date", "Fri, 02 Jan 2026 03:04:05 GMT")), Answers.Body(Cover)));
        using TestCovers covers = CoversAt(server);

        Assert.Equal(Cover, (await covers.FetchAsync("a")).Bytes);
        Assert.Equal([TimeSpan.FromSeconds(seconds)], _clock.Waits);
    }

    [Theory]
    [InlineData("Fri, 02 Jan 2026 01:00:00 GMT", "Fri, 02 Jan 2026 01:00:07 GMT")] // two hours behind this clock
    [InlineData("Sun, 02 Jan 2028 03:04:05 GMT", "Sun, 02 Jan 2028 03:04:12 GMT")] // two years ahead
    public async Task FetchAsync_ServersClockDiffers_WaitsAsLongByTheServersClock(string date, string retryAfter)
    {
        await using CoverServer server = await CoverServer.StartAsync(
            Answers.InTurn(Answers.Status(429, ("Retry-After", retryAfter), ("Date", date)), Answers.Body(Cover)));
        using TestCovers covers = CoversAt(server);

        Assert.Equal(Cover, (await covers.FetchAsync("a")).Bytes);
        Assert.Equal([TimeSpan.FromSeconds(7)], _clock.Waits);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("Fri, 02 Jan 2026 03:04:00 GMT")]
    public async Task FetchAsync_ServerSaysNow_AsksAgainAtOnce(string retryAfter)
    {
        await using CoverServer server = await CoverServer.StartAsync(
            Answers.InTurn(Answers.Status(503, ("Retry-After", retryAfter), ("Date", "Fri, 02 Jan 2026 03:04:05 GMT")), Answers.Body(Cover)));
        using TestCovers covers = CoversAt(server);

        Assert.Equal(Cover, (await covers.FetchAsync("a")).Bytes);
        Assert.Empty(_clock.Waits);
    }

    [Fact]
    public async Task FetchAsync_ServerAsksForMoreTimeThanThereIs_FailsAtOnce()
    {
        await using CoverServer server = await CoverServer.StartAsync(Answers.Status(429, ("Retry-After", "120")));
        using TestCovers covers = CoversAt(server);

        CoverException error = await covers.FailAsync("a");

        Assert.Equal(
            (FailureReason.Unreachable, $"{server.Url}/a answered 429 and asks to wait 120 s."), (error.Reason, error.Message));
        Assert.Equal((1, 0), (server.Requests, _clock.Waits.Count));
    }

    [Fact]
    public async Task FetchAsync_NeverGetsBetter_FailsAfterTheRetriesWithGrowingWaits()
    {
        await using CoverServer server = await CoverServer.StartAsync(Answers.Status(500));
        using TestCovers covers = CoversAt(server);
        using var retries = new MetricCollector<long>(covers.Meters, "Etl", "etl.fetch.retries");

        CoverException error = await covers.FailAsync("a");

        Assert.Equal((FailureReason.Unreachable, $"{server.Url}/a answered 500."), (error.Reason, error.Message));
        Assert.Equal((4, 3), (server.Requests, _clock.Waits.Count));
        Assert.Equal(3, retries.GetMeasurementSnapshot().EvaluateAsCounter());
    }

    [Fact]
    public async Task FetchAsync_NoRetries_AsksOnce()
    {
        await using CoverServer server = await CoverServer.StartAsync(Answers.Status(500));
        using TestCovers covers = CoversAt(server);
        covers.Options.Fetch.Retries = 0;

        Assert.Equal(FailureReason.Unreachable, (await covers.FailAsync("a")).Reason);
        Assert.Equal(1, server.Requests);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(199)]
    public async Task FetchAsync_ConnectionIsReset_AsksAgainForTheWhole(int bytes)
    {
        await using CoverServer server = await CoverServer.StartAsync(
            Answers.InTurn(Answers.Reset(Cover[..bytes], length: 200), Answers.Body(Cover)));
        using TestCovers covers = CoversAt(server);

        Assert.Equal(Cover, (await covers.FetchAsync("a")).Bytes);
        Assert.Equal((2, 1), (server.Requests, _clock.Waits.Count));
    }

    [Fact]
    public async Task FetchAsync_ChunksHaveNoEnd_AsksAgainForTheWhole()
    {
        RequestDelegate cutOff = async context =>
        {
            await Answers.Chunks(Cover)(context);
            context.Abort();
        };
        await using CoverServer server = await CoverServer.StartAsync(Answers.InTurn(cutOff, Answers.Body(Cover)));
        using TestCovers covers = CoversAt(server);

        Assert.Equal(Cover, (await covers.FetchAsync("a")).Bytes);
        Assert.Equal(2, server.Requests);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 300\r\n\r\n")]
    [InlineData("hello\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: -1\r\nTransfer-Encoding: chunked\r\n\r\n")]
    public async Task FetchAsync_AnswerIsNoWholeAnswer_FailsAsUnreachable(string header)
    {
        await using CoverServer server = await CoverServer.StartRawAsync(Answers.Raw(header, Cover));
        using TestCovers covers = CoversAt(server);

        Assert.Equal(FailureReason.Unreachable, (await covers.FailAsync("a")).Reason);
        Assert.Equal(3, _clock.Waits.Count);
    }

    [Fact]
    public async Task FetchAsync_NobodyListens_FailsAsUnreachable()
    {
        string url;
        await using (CoverServer server = await CoverServer.StartAsync(Answers.Status(500)))
        {
            url = server.Url;
        }

        using var covers = new TestCovers($"{url}/{{id}}") { Clock = _clock };

        Assert.Equal(FailureReason.Unreachable, (await covers.FailAsync("a")).Reason);
        Assert.Equal(3, _clock.Waits.Count);
    }

    [Fact]
    public async Task FetchAsync_BetweenTwoAttempts_HoldsNoMemory()
    {
        var clock = new FakeTimeProvider();
        var gate = new Gate();
        RequestDelegate breaks = async context =>
        {
            context.Response.ContentLength = 200;
            await context.Response.Body.WriteAsync(Cover.AsMemory(0, 100));
            await context.Response.Body.FlushAsync();
            await gate.PassAsync();
            context.Abort();
        };
        await using CoverServer server = await CoverServer.StartAsync(Answers.InTurn(breaks, Answers.Body(Cover)));
        using var covers = new TestCovers($"{server.Url}/{{id}}") { Clock = clock, Budget = new MemoryBudget(200) };

        Task<(byte[] Bytes, CoverVersion)> broken = covers.FetchAsync("a");
        await Eventually.Holds(() => covers.Budget.Taken == 200);
        gate.Open();
        (byte[] other, _) = await covers.FetchAsync("b");
        await Eventually.Holds(() =>
        {
            clock.Advance(TimeSpan.FromMilliseconds(100));
            return broken.IsCompleted;
        });

        Assert.Equal(Cover, other);
        Assert.Equal(Cover, (await broken).Bytes);
    }

    private TestCovers CoversAt(CoverServer server) => new($"{server.Url}/{{id}}") { Clock = _clock };
}
