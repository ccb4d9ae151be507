using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http;
using PaletteEtl.Model;

namespace Etl.Tests.Covers;

public sealed class HttpRedirectTests
{
    private static readonly byte[] Cover = [1, 2, 3];

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task FetchAsync_CoverIsElsewhere_FollowsThere(int status)
    {
        await using CoverServer server = await CoverServer.StartAsync(
            Answers.InTurn(Answers.Status(status, ("Location", "../there?b=c")), Answers.Body(Cover)));
        using var covers = new TestCovers($"{server.Url}/x/y/{{id}}");

        Assert.Equal(Cover, (await covers.FetchAsync("a")).Bytes);
        Assert.Equal(["/x/y/a", "/x/there?b=c"], server.Paths);
    }

    [Theory]
    [InlineData(5, true)]
    [InlineData(6, false)]
    public async Task FetchAsync_ManyRedirects_FollowsFive(int redirects, bool follows)
    {
        RequestDelegate[] answers = [.. Enumerable.Repeat(Answers.Redirect("/on"), redirects), Answers.Body(Cover)];
        await using CoverServer server = await CoverServer.StartAsync(Answers.InTurn(answers));
        using var covers = new TestCovers($"{server.Url}/{{id}}");

        var error = await Record.ExceptionAsync(() => covers.FetchAsync("a")) as CoverException;

        Assert.Equal(follows ? null : $"{server.Url}/a was not read: it redirects more than 5 times.", error?.Message);
        Assert.Equal(6, server.Requests);
    }

    [Theory]
    [InlineData("ftp://example.org/a", "it redirects to ftp:, which is not followed")]
    [InlineData("file:///etc/passwd", "it redirects to file:, which is not followed")]
    [InlineData("//:80", "it redirects to an invalid URL")]
    public async Task FetchAsync_RedirectIsNotToAWebServer_IsNotFollowed(string target, string problem)
    {
        await using CoverServer server = await CoverServer.StartAsync(Answers.Redirect(target));
        using var covers = new TestCovers($"{server.Url}/{{id}}");

        CoverException error = await covers.FailAsync("a");

        Assert.Equal((FailureReason.Unreachable, $"{server.Url}/a was not read: {problem}."), (error.Reason, error.Message));
        Assert.Equal(1, server.Requests);
    }

    [Fact]
    public async Task FetchAsync_RedirectFromHttpsToHttp_IsNotFollowed()
    {
        using X509Certificate2 certificate = Certificates.SelfSigned();
        await using CoverServer plain = await CoverServer.StartAsync(Answers.Body(Cover));
        await using CoverServer server = await CoverServer.StartAsync(Answers.Redirect($"{plain.Url}/a"), certificate);
        using var covers = new TestCovers($"{server.Url}/{{id}}") { Trusted = certificate };

        CoverException error = await covers.FailAsync("a");

        Assert.Equal($"{server.Url}/a was not read: it redirects from https to http, which is not followed.", error.Message);
        Assert.Equal(0, plain.Requests);
    }

    [Fact]
    public async Task FetchAsync_RedirectFromHttpToHttps_IsFollowed()
    {
        using X509Certificate2 certificate = Certificates.SelfSigned();
        await using CoverServer secure = await CoverServer.StartAsync(Answers.Body(Cover), certificate);
        await using CoverServer server = await CoverServer.StartAsync(Answers.Redirect($"{secure.Url}/a"));
        using var covers = new TestCovers($"{server.Url}/{{id}}") { Trusted = certificate };

        Assert.Equal(Cover, (await covers.FetchAsync("a")).Bytes);
    }

    [Fact]
    public async Task FetchAsync_RedirectToAnotherServerAndBack_SendsHeadersOnlyBefore()
    {
        var home = new ConcurrentQueue<string>();
        var away = new ConcurrentQueue<string>();
        string homeUrl = "";
        await using CoverServer other = await CoverServer.StartAsync(
            Seen(away, context => Answers.Redirect($"{homeUrl}/back")(context)));
        await using CoverServer server = await CoverServer.StartAsync(
            Seen(home, Answers.InTurn(Answers.Redirect("/on"), Answers.Redirect($"{other.Url}/a"), Answers.Body(Cover))));
        homeUrl = server.Url;
        using var covers = new TestCovers($"{server.Url}/{{id}}");
        covers.Options.Fetch.Headers = new Dictionary<string, string> { ["Authorization"] = "Bearer x", ["X-Api-Key"] = "y" };

        await covers.FetchAsync("a");

        Assert.Equal(["/a Bearer x y", "/on Bearer x y", "/back  "], home);
        Assert.Equal(["/a  "], away);
    }

    private static RequestDelegate Seen(ConcurrentQueue<string> requests, RequestDelegate answer) => context =>
    {
        IHeaderDictionary headers = context.Request.Headers;
        requests.Enqueue($"{context.Request.Path} {headers.Authorization} {headers["X-Api-Key"]}");
        return answer(context);
    };
}
