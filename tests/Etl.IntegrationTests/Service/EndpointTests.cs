using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Etl.Host;
using Etl.IntegrationTests.Run;
using PaletteEtl.Catalogue;
using SkiaSharp;

namespace Etl.IntegrationTests.Service;

/// <summary>Requests that change nothing, all to one service.</summary>
public sealed class EndpointTests(EndpointService endpoint) : IClassFixture<EndpointService>
{
    private const string Key = EndpointService.Key, KeyHeader = EndpointService.KeyHeader;
    private static readonly string[] Shares = ["busyShare", "blockedShare", "starvedShare"];

    private readonly TestCatalogue _catalogue = endpoint.Catalogue;
    private readonly ServiceProcess _service = endpoint.Service;

    [Fact]
    public async Task Status_AfterARun_AgreesWithTheDatabase()
    {
        // A snapshot a second: one may have all palettes and the run that has not ended yet.
        JsonElement status = await StatusOnceAsync(status =>
            status.GetProperty("totals").GetProperty("written").GetInt64() == 18 && status.GetProperty("state").GetString() == "idle");

        Assert.Equal("movies.db", status.GetProperty("database").GetString());
        Assert.True(status.GetProperty("retryNeedsKey").GetBoolean());
        Assert.Equal(2, status.GetProperty("totals").GetProperty("deadLetters").GetInt64());
        status = await StatusOnceAsync(static status =>
            status.GetProperty("catalogue") is { ValueKind: JsonValueKind.Object } catalogue && catalogue.GetProperty("pending").GetInt64() == 0);
        Assert.Equal([20, 18, 2], Array.ConvertAll(["movies", "complete", "failed"], name => status.GetProperty("catalogue").GetProperty(name).GetInt32()));
        JsonElement run = status.GetProperty("run");
        Assert.Equal(20, run.GetProperty("read").GetInt64());
        Assert.Equal("completed", run.GetProperty("ending").GetString());
        Assert.Equal(
            ["fetch", "decode", "quantize", "write"],
            run.GetProperty("stages").EnumerateArray().Select(stage => stage.GetProperty("name").GetString()));
        Assert.All(run.GetProperty("stages").EnumerateArray(), stage => Assert.Equal(
            1.0, Shares.Sum(part => stage.GetProperty(part).GetDouble()), 3));
    }

    [Fact]
    public async Task History_AfterARun_AddsUpToItsMovies()
    {
        await StatusOnceAsync(status => status.GetProperty("totals").GetProperty("written").GetInt64() == 18);

        JsonElement history = await _service.GetAsync("/api/history");

        Assert.Equal(600, history.GetProperty("seconds").GetArrayLength());
        Assert.Equal(20, Sum(history, "settled"));
        Assert.Equal(2, Sum(history, "deadLetters"));
    }

    [Fact]
    public async Task Timeline_AfterARun_AddsUpToItsMovies()
    {
        await StatusOnceAsync(status => status.GetProperty("totals").GetProperty("written").GetInt64() == 18);

        JsonElement timeline = await _service.GetAsync("/api/timeline");
        JsonElement none = await _service.GetAsync("/api/timeline?from=9999-12-31T00:00:00Z");

        JsonElement[] minutes = [.. timeline.GetProperty("minutes").EnumerateArray()];
        Assert.Equal(20, minutes.Sum(static minute => minute.GetProperty("settled").GetInt64()));
        Assert.Equal(2, minutes.Sum(static minute => minute.GetProperty("deadLetters").GetInt64()));
        Assert.NotEqual(0, minutes.Sum(static minute => minute.GetProperty("runs").GetInt32()));
        Assert.All(minutes, static minute => Assert.NotEmpty(minute.GetProperty("stateSeconds").EnumerateObject()));
        Assert.Empty(none.GetProperty("minutes").EnumerateArray());
    }

    [Fact]
    public async Task Palettes_AfterARun_AreThoseOfTheDatabase()
    {
        JsonElement palettes = await _service.GetAsync("/api/palettes?after=0&count=100");

        Assert.Equal(18, palettes.GetProperty("next").GetInt64());
        Assert.Equal(
            Enumerable.Range(1, 18), palettes.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("key").GetInt32()));
        Assert.All(palettes.GetProperty("items").EnumerateArray(), item => Assert.Equal(
            _catalogue.Text($"SELECT palette_json FROM movies WHERE id = '{item.GetProperty("id").GetString()}'"),
            item.GetProperty("palette").GetRawText().Replace(",", ", ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Palettes_AfterANumber_AreTheLaterOnes()
    {
        JsonElement palettes = await _service.GetAsync("/api/palettes?after=15");

        Assert.Equal([16, 17, 18], palettes.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("key").GetInt32()));
    }

    [Fact]
    public async Task Palettes_AfterANumberThereCannotBe_AreTheNewest()
    {
        JsonElement palettes = await _service.GetAsync("/api/palettes?after=-100&count=60");

        Assert.Equal(18, palettes.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task Similar_OfAMovie_GivesOthersTheNearestFirst()
    {
        string id = _catalogue.Text("SELECT id FROM movies WHERE palette_json <> '' LIMIT 1");

        JsonElement similar = await _service.GetAsync($"/api/similar?id={id}&count=3");

        double[] distances = [.. similar.GetProperty("items").EnumerateArray().Select(movie => movie.GetProperty("distance").GetDouble())];
        Assert.Equal(3, distances.Length);
        Assert.Equal(distances.Order(), distances);
        Assert.DoesNotContain(id, similar.GetProperty("items").EnumerateArray().Select(movie => movie.GetProperty("id").GetString()));
        Assert.Equal(HttpStatusCode.NotFound, await _service.StatusOfAsync("/api/similar?id=nobody"));
    }

    [Fact]
    public async Task Thumbnail_OfAMovie_IsASmallPicture()
    {
        string id = _catalogue.Text("SELECT id FROM movies WHERE palette_json <> '' LIMIT 1");

        byte[] picture = await _service.Client.GetByteArrayAsync(new Uri($"/api/thumbnail?id={id}", UriKind.Relative));

        using SKBitmap small = SKBitmap.Decode(picture);
        Assert.Equal(240, small.Height);
    }

    [Fact]
    public async Task Thumbnail_OfADeadLetterOrOfWhatIsNoMovie_IsNotMade()
    {
        string broken = _catalogue.Text("SELECT CAST(movie_id AS TEXT) FROM etl_dead_letters WHERE reason = 'truncated'");

        Assert.Equal(HttpStatusCode.NotFound, await _service.StatusOfAsync($"/api/thumbnail?id={broken}"));
        Assert.Equal(HttpStatusCode.NotFound, await _service.StatusOfAsync("/api/thumbnail?id=..%2Fmovies.db"));
        Assert.Equal(HttpStatusCode.NotFound, await _service.StatusOfAsync("/api/thumbnail?id=%00"));
    }

    [Fact]
    public async Task DeadLetters_ByPages_ComeOnceEach()
    {
        JsonElement first = await _service.GetAsync("/api/dead-letters?count=1");
        JsonElement second = await _service.GetAsync($"/api/dead-letters?count=1&after={first.GetProperty("next")}");

        Assert.Equal(2, first.GetProperty("count").GetInt64());
        Assert.Equal(2, first.GetProperty("reasons").GetArrayLength());
        Assert.Equal(JsonValueKind.Null, second.GetProperty("next").ValueKind);
        string?[] ids = [IdOf(first), IdOf(second)];
        Assert.Equal(2, _catalogue.Scalar($"SELECT count(*) FROM etl_dead_letters WHERE movie_id IN ('{ids[0]}', '{ids[1]}')"));
        Assert.Equal(JsonValueKind.String, first.GetProperty("items")[0].GetProperty("nextAt").ValueKind);
    }

    [Fact]
    public async Task DeadLetters_OfAReason_AreCountedAlone()
    {
        JsonElement letters = await _service.GetAsync("/api/dead-letters?reason=truncated");

        Assert.Equal(1, letters.GetProperty("count").GetInt64());
        Assert.Equal("truncated", letters.GetProperty("items")[0].GetProperty("reason").GetString());
    }

    [Fact]
    public async Task DeadLetters_OfATime_AreThoseThatFailedFirstThen()
    {
        string at = _catalogue.Text("SELECT max(first_at) FROM etl_dead_letters"); // one batch has one time
        string later = CatalogueTime.Format(CatalogueTime.Parse(at)!.Value.AddTicks(1));

        JsonElement then = await _service.GetAsync($"/api/dead-letters?from={at}&to={later}");
        JsonElement before = await _service.GetAsync($"/api/dead-letters?to={at}&from=2000-01-01T00:00:00Z");
        JsonElement after = await _service.GetAsync($"/api/dead-letters?from={later}");

        long failed = _catalogue.Scalar($"SELECT count(*) FROM etl_dead_letters WHERE first_at = '{at}'");
        Assert.Equal((int)failed, then.GetProperty("items").GetArrayLength());
        Assert.Equal(2 - (int)failed, before.GetProperty("items").GetArrayLength());
        Assert.Equal(0, after.GetProperty("items").GetArrayLength());
        Assert.Equal(JsonValueKind.Null, then.GetProperty("count").ValueKind);
        Assert.Equal(2, then.GetProperty("reasons").GetArrayLength());
    }

    [Fact]
    public async Task DeadLetters_OfTheApiAndOfTheCommand_AreTheSame()
    {
        JsonNode served = JsonNode.Parse((await _service.GetAsync("/api/dead-letters")).GetProperty("items").GetRawText())!;
        foreach (JsonNode? letter in served.AsArray())
        {
            Assert.True(letter!.AsObject().Remove("nextAt")); // which the service alone knows
        }

        JsonNode printed = await PrintedAsync("dead-letters");

        Assert.True(JsonNode.DeepEquals(new JsonArray([.. served.AsArray().Reverse().Select(letter => letter!.DeepClone())]), printed));
    }

    [Fact]
    public async Task Similar_OfTheApiAndOfTheCommand_AreTheSame()
    {
        string id = _catalogue.Text("SELECT id FROM movies WHERE palette_json <> '' LIMIT 1");

        JsonElement served = await _service.GetAsync($"/api/similar?id={id}&count=3");

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(served.GetRawText()), await PrintedAsync("similar", id, "--count", "3")));
    }

    [Fact]
    public async Task Similar_ColoursOfTheApiAndOfTheCommand_AreTheSame()
    {
        JsonElement served = await _service.GetAsync($"/api/similar?like={Uri.EscapeDataString("#c02030:60%,#101010")}&count=3");

        JsonNode printed = await PrintedAsync("similar", "--like", "#c02030:60%,#101010", "--count", "3");
        Assert.Equal(3, served.GetProperty("items").GetArrayLength());
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(served.GetRawText()), printed));
    }

    [Fact]
    public async Task Similar_ManyRequestsAtATime_AllGetTheSame()
    {
        string id = _catalogue.Text("SELECT id FROM movies WHERE palette_json <> '' LIMIT 1");

        JsonElement[] answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _service.GetAsync($"/api/similar?id={id}")));

        Assert.Single(answers.Select(static answer => answer.GetRawText()).Distinct());
    }

    [Fact]
    public async Task Retry_Refused_ChangesNothing()
    {
        Assert.Equal(HttpStatusCode.Unauthorized, await RefusedAsync());
        Assert.Equal(HttpStatusCode.Unauthorized, await RefusedAsync((KeyHeader, "another-key-of-16+")));
        Assert.Equal(HttpStatusCode.Forbidden, await RefusedAsync((KeyHeader, Key), ("Origin", "http://example.org")));
        Assert.Equal(HttpStatusCode.Forbidden, await RefusedAsync((KeyHeader, Key), ("Origin", "null")));
        Assert.Equal(HttpStatusCode.Forbidden, await RefusedAsync((KeyHeader, Key), ("Sec-Fetch-Site", "cross-site")));
        Assert.Equal(0, _catalogue.Scalar("SELECT count(*) FROM etl_dead_letters WHERE attempts = 0"));
    }

    [Fact]
    public async Task Retry_OfAFormOrOfNonsense_IsRefused()
    {
        using var form = new StringContent("reason=corrupt", Encoding.UTF8, new MediaTypeHeaderValue("text/plain"));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/dead-letters/retry") { Content = form };
        request.Headers.Add(KeyHeader, Key);
        using HttpResponseMessage answer = await _service.Client.SendAsync(request);
        using HttpResponseMessage unknown = await _service.RetryAsync("""{ "reason": "weather" }""", (KeyHeader, Key));
        using HttpResponseMessage misspelled = await _service.RetryAsync("""{ "key": [1] }""", (KeyHeader, Key));

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, unknown.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, misspelled.StatusCode);
        Assert.All([answer, unknown, misspelled], static refused =>
            Assert.Equal("application/problem+json", refused.Content.Headers.ContentType?.MediaType));
    }

    [Fact]
    public async Task Metrics_Scraped_AgreeWithTheDatabase()
    {
        string metrics = "";
        await Eventually.Holds(async () =>
        {
            metrics = await _service.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative));
            return ValueOf(metrics, "etl_catalogue_movies", "complete") == "18" && ValueOf(metrics, "etl_service_ready", "covers") == "1";
        });

        Assert.Contains("etl_run_movies_total{", metrics, StringComparison.Ordinal);
        Assert.Equal("18", ValueOf(metrics, "etl_run_movies_total", "written"));
        Assert.Equal("1", ValueOf(metrics, "etl_dead_letters_total", "truncated"));
        Assert.Equal("2", ValueOf(metrics, "etl_catalogue_movies", "failed"));
        Assert.Equal("1", ValueOf(metrics, "etl_catalogue_dead_letters", "truncated"));
        Assert.Equal("1", ValueOf(metrics, "etl_service_state", "idle"));
        Assert.Equal("0", ValueOf(metrics, "etl_service_state", "waiting"));
    }

    [Fact]
    public async Task Page_Asked_ComesWithAPolicyThatLetsNothingElseIn()
    {
        using HttpResponseMessage page = await _service.Client.GetAsync(new Uri("/", UriKind.Relative));

        Assert.Equal("text/html", page.Content.Headers.ContentType!.MediaType);
        string policy = Assert.Single(page.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'; script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(page.Headers.GetValues("X-Content-Type-Options")));
        using var again = new HttpRequestMessage(HttpMethod.Get, "/");
        again.Headers.IfNoneMatch.Add(page.Headers.ETag!);
        using HttpResponseMessage unchanged = await _service.Client.SendAsync(again);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
    }

    [Fact]
    public async Task AnyAddress_OfAnotherHostName_IsRefused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/status");
        request.Headers.Host = "rebound.example.org";
        using HttpResponseMessage answer = await _service.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData("/api/palettes?count=0")]
    [InlineData("/api/dead-letters?count=501")]
    [InlineData("/api/dead-letters?after=x")]
    [InlineData("/api/palettes?count=x")]
    [InlineData("/api/timeline?from=yesterday")]
    [InlineData("/api/similar")] // without an id
    [InlineData("/api/similar?id=1&like=%23fff")]
    [InlineData("/api/similar?like=%23fff&count=101")]
    [InlineData("/api/similar?like=fff")]
    [InlineData("/api/similar?like=%23fff:50%25")]
    public async Task AnyAddress_OfABadParameter_Is400AndSaysWhich(string path)
    {
        using HttpResponseMessage answer = await _service.Client.GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        JsonNode problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        Assert.Equal(400, (int)problem["status"]!);
        Assert.Matches("count|after|id|like|from", (string)problem["title"]!);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/style.css")]
    [InlineData("/js/app.js")]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task FileOrHealth_AskedWithHead_AnswersAsToGetWithoutABody(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, path);
        using HttpResponseMessage head = await _service.Client.SendAsync(request);
        using HttpResponseMessage get = await _service.Client.GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal((get.StatusCode, get.Content.Headers.ContentType), (head.StatusCode, head.Content.Headers.ContentType));
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
    }

    private async Task<HttpStatusCode> RefusedAsync(params (string Name, string Value)[] headers)
    {
        using HttpResponseMessage answer = await _service.RetryAsync("{}", headers);
        return answer.StatusCode;
    }

    private async Task<JsonElement> StatusOnceAsync(Func<JsonElement, bool> condition)
    {
        JsonElement status = default;
        await Eventually.Holds(async () => condition(status = await _service.GetAsync("/api/status")));
        return status;
    }

    private static long Sum(JsonElement history, string name) => history.GetProperty("seconds").EnumerateArray()
        .Where(static second => second.ValueKind == JsonValueKind.Object).Sum(second => second.GetProperty(name).GetInt64());

    private async Task<JsonNode> PrintedAsync(params string[] command)
    {
        using var output = new StringWriter();
        int code = await Program.RunAsync([.. command, "--json", .. _catalogue.WholeSettings], output, TextWriter.Null);
        Assert.Equal(0, code);
        return JsonNode.Parse(output.ToString())!;
    }

    private static string? IdOf(JsonElement page) => page.GetProperty("items")[0].GetProperty("id").GetString();

    private static string? ValueOf(string metrics, string name, string label) =>
        metrics.Split('\n').FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal) && line.Contains($"\"{label}\"", StringComparison.Ordinal))?.Split(' ')[1];
}
