using System.Text;
using Etl.Fetch;
using Etl.Pipeline;
using Etl.Write;
using Microsoft.Extensions.Time.Testing;

namespace Etl.Tests.Fetch;

public sealed class HttpLocationTests
{
    private static readonly byte[] Cover = [.. Enumerable.Range(0, 200).Select(i => (byte)i)];

    [Fact]
    public async Task FetchAsync_Answers200_ReadsTheBody()
    {
        await using var server = new LoopbackServer(
            _ => LoopbackServer.Ok(Cover, "ETag: \"one\"", "Last-Modified: Wed, 21 Oct 2015 07:28:00 GMT"));
        using var covers = new Covers($"{server.Url}/{{id}}.jpg");

        (byte[] bytes, CoverVersion version) = await covers.FetchAsync("Amélie &?");

        Assert.Equal(Cover, bytes);
        Assert.Equal(new CoverVersion(200, new DateTimeOffset(2015, 10, 21, 7, 28, 0, TimeSpan.Zero), "\"one\""), version);
        Assert.Equal(["/Am%C3%A9lie%20%26%3F.jpg"], server.Requests);
    }

    [Fact]
    public async Task FetchAsync_LengthIsNotSaid_ReadsToTheEnd()
    {
        await using var server = new LoopbackServer(_ => LoopbackServer.Response("200 OK", Cover));
        using var covers = new Covers($"{server.Url}/{{id}}") { Options = { Fetch = { MaxCoverBytes = 200 } } };

        Assert.Equal(Cover, (await covers.FetchAsync("a")).Bytes);
    }

    [Fact]
    public async Task FetchAsync_Chunked_ReadsToTheEnd()
    {
        byte[] chunks = [.. "64\r\n"u8, .. Cover[..100], .. "\r\n64\r\n"u8, .. Cover[100..], .. "\r\n0\r\n\r\n"u8];
        await using var server = new LoopbackServer(_ => LoopbackServer.Response("200 OK", chunks, "Transfer-Encoding: chunked"));
        using var covers = new Covers($"{server.Url}/{{id}}");

        Assert.Equal(Cover, (await covers.FetchAsync("a")).Bytes);
    }

    [Theory]
    [InlineData("404 Not Found")]
    [InlineData("410 Gone")]
    public async Task FetchAsync_ItIsNotThere_TriesTheNextLocation(string status)
    {
        await using var server = new LoopbackServer(
            path => path == "/first/a" ? LoopbackServer.Response(status, []) : LoopbackServer.Ok(Cover));
        using var covers = new Covers($"{server.Url}/first/{{id}}", $"{server.Url}/second/{{id}}");

        Assert.Equal(Cover, (await covers.FetchAsync("a")).Bytes);
        Assert.Equal(["/first/a", "/second/a"], server.Requests);
    }

    [Theory]
    [InlineData("404 Not Found", FailureReason.NotFound)]
    [InlineData("401 Unauthorized", FailureReason.Forbidden)]
    [InlineData("403 Forbidden", FailureReason.Forbidden)]
    [InlineData("429 Too Many Requests", FailureReason.Unreachable)]
    [InlineData("500 Internal Server Error", FailureReason.Unreachable)]
    [InlineData("503 Service Unavailable", FailureReason.Unreachable)]
    public async Task FetchAsync_AnswersOtherwise_FailsWithTheReason(string status, FailureReason reason)
    {
        await using var server = new LoopbackServer(_ => LoopbackServer.Response(status, "sorry"u8.ToArray()));
        using var covers = new Covers($"{server.Url}/{{id}}");

        Assert.Equal(reason, (await covers.FailAsync("a")).Reason);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task FetchAsync_LargerThanAllowed_FailsAsTooLarge(bool saysItsLength)
    {
        await using var server = new LoopbackServer(
            _ => saysItsLength ? LoopbackServer.Ok(Cover) : LoopbackServer.Response("200 OK", Cover));
        using var covers = new Covers($"{server.Url}/{{id}}") { Options = { Fetch = { MaxCoverBytes = 199 } } };

        Assert.Equal(FailureReason.TooLarge, (await covers.FailAsync("a")).Reason);
    }

    [Fact]
    public async Task FetchAsync_BodyIsCutOff_FailsAsUnreachable()
    {
        await using var server = new LoopbackServer(_ => LoopbackServer.Response("200 OK", Cover, "Content-Length: 300"));
        using var covers = new Covers($"{server.Url}/{{id}}");

        Assert.Equal(FailureReason.Unreachable, (await covers.FailAsync("a")).Reason);
    }

    [Fact]
    public async Task FetchAsync_NobodyListens_FailsAsUnreachable()
    {
        string url;
        await using (var server = new LoopbackServer(_ => []))
        {
            url = server.Url;
        }

        using var covers = new Covers($"{url}/{{id}}");

        Assert.Equal(FailureReason.Unreachable, (await covers.FailAsync("a")).Reason);
    }

    [Fact]
    public async Task FetchAsync_AnswerIsNoHttp_FailsAsUnreachable()
    {
        await using var server = new LoopbackServer(_ => Encoding.ASCII.GetBytes("hello\r\n\r\n"));
        using var covers = new Covers($"{server.Url}/{{id}}");

        Assert.Equal(FailureReason.Unreachable, (await covers.FailAsync("a")).Reason);
    }

    [Fact]
    public async Task FetchAsync_NoAnswerInTime_FailsAsTimeout()
    {
        await using var server = new LoopbackServer(_ => null);
        using var covers = new Covers($"{server.Url}/{{id}}") { ClientTimeout = TimeSpan.FromMilliseconds(100) };

        Assert.Equal(FailureReason.Timeout, (await covers.FailAsync("a")).Reason);
    }

    [Fact]
    public async Task FetchAsync_BodyStandsStill_FailsAsTimeout()
    {
        await using var server = new LoopbackServer(_ => LoopbackServer.Response("200 OK", Cover, "Content-Length: 300")) { HoldsOpen = true };
        var clock = new FakeTimeProvider();
        using var covers = new Covers($"{server.Url}/{{id}}") { Clock = clock };

        Task<CoverException> failing = covers.FailAsync("a");
        await Eventually.Holds(() => covers.Budget.Taken == 300);
        await Eventually.Holds(() =>
        {
            clock.Advance(HttpLocation.Patience);
            return failing.IsCompleted;
        });

        Assert.Equal(FailureReason.Timeout, (await failing).Reason);
    }

    [Theory]
    [InlineData("\"one\"", true)]
    [InlineData("\"two\"", false)]
    public async Task FetchAsync_FailedBefore_StandsWhileTheTagIsTheSame(string tag, bool stands)
    {
        await using var server = new LoopbackServer(_ => LoopbackServer.Ok(Cover, $"ETag: {tag}"));
        using var covers = new Covers($"{server.Url}/{{id}}");
        var previous = new DeadLetter(FailureReason.Corrupt, Attempts: 1, new CoverVersion(200, Modified: null, "\"one\""));

        var thrown = await Record.ExceptionAsync(() => covers.FetchAsync("a", previous)) as CoverException;

        Assert.Equal(stands, thrown is { Stands: true });
    }

    [Fact]
    public async Task FetchAsync_IdNamesNoCover_AsksNobody()
    {
        await using var server = new LoopbackServer(_ => LoopbackServer.Ok(Cover));
        using var covers = new Covers($"{server.Url}/{{id}}");

        Assert.Equal(FailureReason.InvalidId, (await covers.FailAsync("../admin")).Reason);
        Assert.Empty(server.Requests);
    }
}
