using System.Diagnostics;
using Microsoft.Extensions.Time.Testing;

namespace Etl.Tests.Covers;

/// <summary>No server gets more requests a second than it may.</summary>
public sealed class RequestPaceTests
{
    private static readonly byte[] Cover = [1, 2, 3];

    [Fact]
    public async Task FetchAsync_ManyAtOnce_AsksEachServerAtTheRate()
    {
        const int Requests = 30, Burst = 5;
        await using CoverServer server = await CoverServer.StartAsync(Answers.Body(Cover));
        using var covers = new TestCovers($"{server.Url}/{{id}}") { Options = { Fetch = { RequestsPerSecond = 100 } } };
        long started = Stopwatch.GetTimestamp();

        await Task.WhenAll(Enumerable.Range(0, Requests).Select(id => covers.FetchAsync((long)id)));

        Assert.True(Stopwatch.GetElapsedTime(started) >= 0.9 * TimeSpan.FromSeconds((Requests - Burst) / 100.0));
        Assert.Equal(Requests, server.Requests);
    }

    [Fact]
    public async Task FetchAsync_RequestWaitsForItsTurn_ItsTimeoutStandsStill()
    {
        var clock = new FakeTimeProvider();
        await using CoverServer server = await CoverServer.StartAsync(Answers.Body(Cover));
        using var covers = new TestCovers($"{server.Url}/{{id}}") { Clock = clock, Options = { Fetch = { RequestsPerSecond = 0.5, Retries = 0 } } };
        await covers.FetchAsync("a");

        Task<(byte[] Bytes, PaletteEtl.Model.CoverVersion Version)> next = covers.FetchAsync("b"); // in two seconds
        clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(1, server.Requests);
        Assert.Equal(Cover, (await next.WaitAsync(TestTimeout)).Bytes);
    }
}
