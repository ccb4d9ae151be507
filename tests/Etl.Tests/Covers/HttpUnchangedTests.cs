using Microsoft.AspNetCore.Http;
using PaletteEtl.Model;

namespace Etl.Tests.Covers;

/// <summary>Covers that failed before: as long as they are the same, their bodies are not read again.</summary>
public sealed class HttpUnchangedTests
{
    private static readonly byte[] Cover = [1, 2, 3];
    private static readonly DateTimeOffset Modified = new(2015, 10, 21, 7, 28, 0, TimeSpan.Zero);

    [Fact]
    public async Task FetchAsync_ServerKnowsTheTag_SaysItHasNotChanged()
    {
        string? asked = null;
        await using CoverServer server = await CoverServer.StartAsync(context =>
        {
            asked = context.Request.Headers.IfNoneMatch;
            return NotModified(context);
        });
        using var covers = new TestCovers($"{server.Url}/{{id}}");

        Assert.True(await covers.IsUnchangedAsync("a", Failed(new CoverVersion(3, Modified, "\"one\""))));
        Assert.Equal("\"one\"", asked);
    }

    [Fact]
    public async Task FetchAsync_ServerKnowsTheTime_SaysItHasNotChanged()
    {
        string? asked = null;
        await using CoverServer server = await CoverServer.StartAsync(context =>
        {
            asked = context.Request.Headers.IfModifiedSince;
            return NotModified(context);
        });
        using var covers = new TestCovers($"{server.Url}/{{id}}");

        Assert.True(await covers.IsUnchangedAsync("a", Failed(new CoverVersion(3, Modified, ETag: null))));
        Assert.Equal("Wed, 21 Oct 2015 07:28:00 GMT", asked);
    }

    [Fact]
    public async Task FetchAsync_ServerKnowsNoConditions_IsComparedBeforeTheBodyComes()
    {
        RequestDelegate bodyNeverComes = context =>
        {
            (context.Response.Headers.ETag, context.Response.Headers.LastModified) = ("\"one\"", Modified.ToString("R"));
            return Answers.StandStill(Cover, length: 500_000)(context);
        };
        await using CoverServer server = await CoverServer.StartAsync(bodyNeverComes);
        using var covers = new TestCovers($"{server.Url}/{{id}}");

        Assert.True(await covers.IsUnchangedAsync("a", Failed(new CoverVersion(500_000, Modified, "\"one\""))));
    }

    [Theory]
    [InlineData("\"two\"", "Wed, 21 Oct 2015 07:28:00 GMT")]
    [InlineData("\"one\"", "Wed, 21 Oct 2015 07:28:01 GMT")]
    public async Task FetchAsync_Changed_IsReadAgain(string tag, string modified)
    {
        await using CoverServer server = await CoverServer.StartAsync(
            Answers.Body(Cover, ("ETag", tag), ("Last-Modified", modified)));
        using var covers = new TestCovers($"{server.Url}/{{id}}");

        Assert.Equal(Cover, (await covers.FetchAsync("a", Failed(new CoverVersion(3, Modified, "\"one\"")))).Bytes);
    }

    [Fact]
    public async Task FetchAsync_NothingIsKnownOfIt_IsReadAgain()
    {
        await using CoverServer server = await CoverServer.StartAsync(Answers.Chunks(Cover));
        using var covers = new TestCovers($"{server.Url}/{{id}}");

        Assert.Equal(Cover, (await covers.FetchAsync("a", Failed(version: null))).Bytes);
    }

    [Fact]
    public async Task FetchAsync_RetryWasAskedFor_IsAskedWithoutConditions()
    {
        string? asked = null;
        await using CoverServer server = await CoverServer.StartAsync(context =>
        {
            asked = context.Request.Headers.IfNoneMatch;
            return Answers.Body(Cover, ("ETag", "\"one\""))(context);
        });
        using var covers = new TestCovers($"{server.Url}/{{id}}");
        var retry = new DeadLetter(FailureReason.Corrupt, Attempts: 0, new CoverVersion(3, Modified: null, "\"one\""));

        Assert.Equal(Cover, (await covers.FetchAsync("a", retry)).Bytes);
        Assert.Equal("", asked ?? "");
    }

    private static DeadLetter Failed(CoverVersion? version) => new(FailureReason.Corrupt, Attempts: 1, version);

    private static Task NotModified(HttpContext context)
    {
        context.Response.StatusCode = 304;
        return Task.CompletedTask;
    }
}
