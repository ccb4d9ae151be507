using Microsoft.AspNetCore.Http;
using PaletteEtl.Covers;
using PaletteEtl.Covers.Http;
using PaletteEtl.Model;

namespace Etl.Tests.Covers;

/// <summary>Credentials reach the server, and neither dead letters nor logs.</summary>
public sealed class HttpSecretTests
{
    private const string Secret = "s3cret";

    public static TheoryData<string> Servers =>
        ["404", "403", "500", "429", "reset", "silent", "redirect", "gzip", "too large", "not listening", "broken"];

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task FetchAsync_Fails_TellsNoSecret(string kind)
    {
        var clock = new HurriedClock(TimeSpan.FromSeconds(30));
        string? header = null, query = null;
        RequestDelegate answer = Answer(kind);
        CoverServer server = await CoverServer.StartAsync(context =>
        {
            (header, query) = (context.Request.Headers.Authorization, context.Request.Query["token"]);
            return answer(context);
        });
        await using CoverServer ended = server;
        using var covers = new TestCovers($"{server.Url}/{{id}}?token={Secret}")
        {
            Clock = clock,
            Options = { Fetch = { Retries = 0, DegreeOfParallelism = 1, MaxCoverBytes = 10 } },
        };
        covers.Options.Fetch.Headers = new Dictionary<string, string> { ["Authorization"] = $"Bearer {Secret}" };
        if (kind == "not listening")
        {
            await server.DisposeAsync();
        }

        Task<CoverException> failing = covers.FailAsync("a");
        await Eventually.Holds(() =>
        {
            clock.Advance(kind == "silent" && server.Answering > 0 ? TimeSpan.FromSeconds(30) : TimeSpan.Zero);
            return failing.IsCompleted;
        });
        CoverException error = await failing;
        await (kind == "broken" ? BreakAsync(covers) : Task.CompletedTask);

        Assert.Equal(kind == "not listening" ? (null, null) : ($"Bearer {Secret}", Secret), (header, query));
        Assert.Contains($"{server.Url}/a?…", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(covers.Log.GetSnapshot(), line => line.ToString().Contains(Secret, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("https://user:s3cret@example.org/{id}")]
    [InlineData("https://user:s3/cret@example.org/{id}")]
    [InlineData("https://user@example.org/{id}")]
    [InlineData("ftp://user:s3cret@example.org/{id}")]
    [InlineData("https://example.org/{ID}?token=s3cret")]
    public void Problem_OfATemplateWithSecrets_TellsNone(string template)
    {
        string? problem = LocationProblem.Of(template);

        Assert.NotNull(problem);
        Assert.DoesNotContain("cret", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://example.org/{id}.jpg?token=x", "https://example.org/{id}.jpg?…")]
    [InlineData("https://example.org/{id}.jpg#x", "https://example.org/{id}.jpg?…")]
    [InlineData("https://example.org/{id}.jpg", "https://example.org/{id}.jpg")]
    [InlineData("covers/what?/{id}.jpg", "covers/what?/{id}.jpg")]
    public void Shown_OfAPlace_HasNoQuery(string place, string shown) => Assert.Equal(shown, LocationTemplate.Shown(place));

    [Theory]
    [InlineData("Authorization", "Bearer x", null)]
    [InlineData("X-Api-Key", "a b~!", null)]
    [InlineData("User-Agent", "etl (+https://example.org)", null)]
    [InlineData("Bad Name", "x", "is not a valid request header")]
    [InlineData("Näme", "x", "is not a valid request header")]
    [InlineData("Content-Type", "x", "is not a valid request header")]
    [InlineData("Authorization", "", "must not be empty")]
    [InlineData("Authorization", " ", "must not be empty")]
    [InlineData("Authorization", null, "must not be empty")]
    [InlineData("Authorization", "x\r\nHost: y", "must be printable ASCII, without line breaks")]
    [InlineData("Authorization", "x\n", "must be printable ASCII, without line breaks")]
    [InlineData("Authorization", "x\0", "must be printable ASCII, without line breaks")]
    [InlineData("Authorization", "ü", "must be printable ASCII, without line breaks")]
    public void Problem_OfAHeader_SaysWhat(string name, string? value, string? problem) =>
        Assert.Equal(problem, RequestHeader.Problem(name, value));

    private static async Task BreakAsync(TestCovers covers)
    {
        await covers.FailAsync("b");
        CoverException error = await covers.FailAsync("c");
        Assert.Contains("requests to it are paused", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, error.ToString(), StringComparison.Ordinal);
    }

    private static RequestDelegate Answer(string kind) => kind switch
    {
        "reset" => Answers.Reset([], length: 0),
        "silent" => Answers.StandStill([], length: 0),
        "redirect" => Answers.Redirect($"ftp://example.org/?token={Secret}"),
        "gzip" => Answers.Body([1], ("Content-Encoding", "gzip")),
        "too large" => Answers.Body(new byte[11]),
        "broken" or "not listening" => Answers.Status(500),
        _ => Answers.Status(int.Parse(kind, System.Globalization.CultureInfo.InvariantCulture)),
    };
}
