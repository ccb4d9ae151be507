using System.Text;
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

    [Theory]
    [InlineData("FFD8FFC0000B08001000100101110000FFDA0008010100003F00AA")] // JPEG
    [InlineData("89504E470D0A1A0A0000000D49484452")] // PNG
    [InlineData("524946460F00000057454250")] // WebP
    [InlineData("0000000C667479706176696600000008")] // AVIF
    [InlineData("")]
    public async Task FetchAsync_CutWithoutALength_AsksAgainAndFailsAsUnreachable(string hex)
    {
        await using CoverServer server = await CoverServer.StartRawAsync(
            Answers.Raw("HTTP/1.0 200 OK\r\n\r\n", Convert.FromHexString(hex)));
        using TestCovers covers = CoversAt(server);

        CoverException error = await covers.FailAsync("a");

        Assert.Equal(
            (FailureReason.Unreachable,
                $"{server.Url}/a could not be read: The connection closed before the end of the cover, and the response had no Content-Length."),
            (error.Reason, error.Message));
        Assert.True(error.Reason.IsTransient());
        Assert.Equal(3, _clock.Waits.Count);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", "")]
    [InlineData("HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\n", "")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n", "\r\n0\r\n\r\n")]
    public async Task FetchAsync_CutCoverWithItsLength_IsReadAndLeftToTheDecoder(string before, string behind)
    {
        byte[] cut = [0xFF, 0xD8, 0xFF, 0xE0, 0];
        await using CoverServer server = await CoverServer.StartRawAsync(Answers.Raw(before, [.. cut, .. Encoding.ASCII.GetBytes(behind)]));
        using TestCovers covers = CoversAt(server);

        Assert.Equal(cut, (await covers.FetchAsync("a")).Bytes);
        Assert.Empty(_clock.Waits);
    }

    [Theory]
    [InlineData("Content-Range: bytes 0-199/1000\r\nContent-Length: 200\r\n")]
    [InlineData("Content-Length: 200\r\n")]
    [InlineData("Content-Type: multipart/byteranges; boundary=x\r\n")]
    public async Task FetchAsync_AnswersPartUnasked_AsksAgainAndFailsAsUnreachable(string headers)
    {
        await using CoverServer server = await CoverServer.StartRawAsync(
            Answers.Raw($"HTTP/1.1 206 Partial Content\r\n{headers}\r\n", Cover));
        using TestCovers covers = CoversAt(server);

        CoverException error = await covers.FailAsync("a");

        Assert.Equal(
            (FailureReason.Unreachable, $"{server.Url}/a answered 206 with a part of the cover, which was not requested."),
            (error.Reason, error.Message));
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
