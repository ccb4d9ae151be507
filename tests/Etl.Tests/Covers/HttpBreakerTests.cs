using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using PaletteEtl.Covers;
using PaletteEtl.Covers.Http;
using PaletteEtl.Model;

namespace Etl.Tests.Covers;

/// <summary>A server that keeps failing is left alone for a while. With one worker and no retries two failures do.</summary>
public sealed class HttpBreakerTests
{
    private static readonly byte[] Cover = [1, 2, 3];

    private readonly HurriedClock _clock = new(new FetchOptions().AttemptTimeout);

    [Fact]
    public async Task FetchAsync_ServerKeepsFailing_IsNotAskedUntilItHasRested()
    {
        await using CoverServer server = await CoverServer.StartAsync(
            Answers.InTurn(Answers.Status(500), Answers.Status(500), Answers.Body(Cover)));
        using TestCovers covers = CoversAt(retries: 0, server);

        await covers.FailAsync("a");
        await covers.FailAsync("b");
        CoverException unasked = await covers.FailAsync("c");
        int asked = server.Requests;
        _clock.Advance(CoverClient.Rest);
        (byte[] bytes, _) = await covers.FetchAsync("d");

        string name = server.Url["http://".Length..];
        Assert.Equal(
            (FailureReason.Unreachable, $"{server.Url}/c was not requested: {name} keeps failing, and requests to it are paused."),
            (unasked.Reason, unasked.Message));
        Assert.Equal(2, asked);
        Assert.Equal(Cover, bytes);
        Assert.Equal(
            [
                (LogLevel.Warning, $"The server {name} keeps failing. Requests to it fail with unreachable for 15 s."),
                (LogLevel.Information, $"The server {name} answers again."),
            ],
            covers.Log.GetSnapshot().Where(line => line.Category!.StartsWith("PaletteEtl", StringComparison.Ordinal))
                .Select(line => (line.Level, line.Message)));
    }

    [Theory]
    [InlineData(-24)]
    [InlineData(24)]
    public async Task FetchAsync_ClockIsSetMeanwhile_LeavesTheServerAloneForItsRest(int hours)
    {
        await using CoverServer server = await CoverServer.StartAsync(
            Answers.InTurn(Answers.Status(500), Answers.Status(500), Answers.Body(Cover)));
        using TestCovers covers = CoversAt(retries: 0, server);
        await covers.FailAsync("a");
        await covers.FailAsync("b");

        _clock.SetBy = TimeSpan.FromHours(hours);
        await covers.FailAsync("c");
        int asked = server.Requests;
        _clock.Advance(CoverClient.Rest);
        (byte[] bytes, _) = await covers.FetchAsync("d");

        Assert.Equal(2, asked);
        Assert.Equal(Cover, bytes);
    }

    [Fact]
    public async Task FetchAsync_ServerIsStillDownAfterItsRest_IsAskedOnceAndRestsAgain()
    {
        await using CoverServer server = await CoverServer.StartAsync(Answers.Reset([], length: 0));
        using TestCovers covers = CoversAt(retries: 0, server);

        await covers.FailAsync("a");
        await covers.FailAsync("b");
        _clock.Advance(CoverClient.Rest);
        await covers.FailAsync("c");
        await covers.FailAsync("d");

        Assert.Equal(3, server.Requests);
    }

    [Fact]
    public async Task FetchAsync_RetriesOfOneCover_DoNotCountAsAServerThatKeepsFailing()
    {
        await using CoverServer server = await CoverServer.StartAsync(Answers.Status(500));
        using TestCovers covers = CoversAt(retries: 3, server);

        await covers.FailAsync("a");
        int first = server.Requests;
        await covers.FailAsync("b");
        await covers.FailAsync("c");

        Assert.Equal((4, 8), (first, server.Requests));
    }

    [Theory]
    [InlineData(429)]
    [InlineData(408)]
    [InlineData(403)]
    [InlineData(404)]
    public async Task FetchAsync_ServerAnswersFor_ItIsAskedOn(int status)
    {
        await using CoverServer server = await CoverServer.StartAsync(Answers.Status(status));
        using TestCovers covers = CoversAt(retries: 0, server);

        for (int i = 0; i < 5; i++)
        {
            await covers.FailAsync($"{i}");
        }

        Assert.Equal(5, server.Requests);
    }

    [Fact]
    public async Task FetchAsync_OneOfTwoServersFails_TheOtherIsAskedOn()
    {
        RequestDelegate knowsOnlyA = context => (context.Request.Path == "/a" ? Answers.Body(Cover) : Answers.Status(404))(context);
        await using CoverServer good = await CoverServer.StartAsync(knowsOnlyA);
        await using CoverServer bad = await CoverServer.StartAsync(Answers.Status(500));
        using TestCovers covers = CoversAt(retries: 0, good, bad);

        await covers.FailAsync("x");
        await covers.FailAsync("y");
        CoverException unasked = await covers.FailAsync("z");
        (byte[] bytes, _) = await covers.FetchAsync("a");

        Assert.Contains("requests to it are paused", unasked.Message, StringComparison.Ordinal);
        Assert.Equal(Cover, bytes);
        Assert.Equal((4, 2), (good.Requests, bad.Requests));
    }

    private TestCovers CoversAt(int retries, params CoverServer[] servers) => new([.. servers.Select(server => $"{server.Url}/{{id}}")])
    {
        Clock = _clock,
        Options = { Fetch = { DegreeOfParallelism = 1, Retries = retries } },
    };
}
