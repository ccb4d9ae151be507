using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using Etl.IntegrationTests.Run;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;

namespace Etl.IntegrationTests.Service;

public sealed class ServeTests : IDisposable
{
    private const int Movies = 20;

    private readonly TestCatalogue _catalogue = new(Movies);

    public void Dispose() => _catalogue.Dispose();

    [Fact]
    public async Task Serve_PalettesMissing_FillsThemInAndDrainsWithExitCode0()
    {
        await using ServiceProcess service = await ServiceProcess.StartAsync(_catalogue);

        await Eventually.Holds(() => _catalogue.Missing == 2); // the two that are broken
        EtlOutput ended = await service.StopAsync();

        Assert.Equal(0, ended.ExitCode);
        Assert.Contains("Draining:", ended.Errors, StringComparison.Ordinal);
        Assert.Equal("", ended.Output);
    }

    /// <summary>The first location answers only after the drain, and the thumbnail then takes the second.</summary>
    [Fact]
    public async Task Serve_ThumbnailIsBeingMadeWhenTheDrainIsOver_IsAnswered()
    {
        using var released = new SemaphoreSlim(0);
        int requests = 0;
        await using CoverServer server = await CoverServer.StartAsync(async context =>
        {
            if (context.Request.Path.StartsWithSegments("/covers", StringComparison.Ordinal))
            {
                await Answers.Body(_catalogue.GoodCover())(context);
                return;
            }

            if (HttpMethods.IsGet(context.Request.Method) && Interlocked.Increment(ref requests) > Movies)
            {
                await released.WaitAsync(context.RequestAborted);
            }

            await Answers.Status(404)(context);
        });
        await using ServiceProcess service = await ServiceProcess.StartAsync(
            _catalogue,
            "--set", $"Etl:Fetch:Locations:0={server.Url}/none/{{id}}.jpg",
            "--set", $"Etl:Fetch:Locations:1={server.Url}/covers/{{id}}.jpg");
        await service.RunCompleted();
        using var events = new StreamReader(
            await service.Client.GetStreamAsync(new Uri("/api/events", UriKind.Relative), TestContext.Current.CancellationToken));

        Task<HttpStatusCode> thumbnail = service.StatusOfAsync($"/api/thumbnail?id={_catalogue.GoodMovie}");
        await Eventually.Holds(() => Volatile.Read(ref requests) > Movies);
        service.Signal(EtlProcess.Terminate);
        await events.ReadToEndAsync(TestContext.Current.CancellationToken); // until the drain is over
        released.Release();

        Assert.Equal(HttpStatusCode.OK, await thumbnail);
        Assert.Equal(0, (await service.EndAsync()).ExitCode);
    }

    [Fact]
    public async Task Serve_AnotherProgramInsertsAMovie_HasItsPalette()
    {
        await using ServiceProcess service = await ServiceProcess.StartAsync(_catalogue);
        await Eventually.Holds(() => _catalogue.Missing == 2);

        File.WriteAllBytes(_catalogue.PathOf("covers/9000001.jpg"), _catalogue.GoodCover());
        _catalogue.Execute("INSERT INTO movies (id, title) VALUES ('9000001', 'New')");

        await Eventually.Holds(() => _catalogue.Scalar("SELECT count(*) FROM movies WHERE id = '9000001' AND palette_json <> ''") == 1);
    }

    [Fact]
    public async Task Serve_ManySmallRuns_LogsTheirSumAndNamesFailuresAtDebug()
    {
        await using ServiceProcess service = await ServiceProcess.StartAsync(
            _catalogue, "--set", "Etl:Service:PollInterval=00:00:00.050", "--set", "Serilog:MinimumLevel:Default=Debug");
        await Eventually.Holds(() => _catalogue.Missing == 2);
        for (int i = 0; i < 5; i++)
        {
            _catalogue.Execute($"UPDATE movies SET palette_json = NULL WHERE id = '{_catalogue.GoodMovie}'");
            await Eventually.Holds(() => _catalogue.Missing == 2);
        }

        await Eventually.Holds(async () => (await service.GetAsync("/api/status")).GetProperty("catalogue").ValueKind == JsonValueKind.Object);
        string[] lines = (await service.StopAsync()).Errors.Split('\n');

        Assert.All(lines.Where(static line => line.Length > 0), static line => Assert.Matches(@"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d [+-]\d\d:\d\d [A-Z]{3} ", line));
        Assert.DoesNotContain(lines, static line => line.Contains("INF The run completed", StringComparison.Ordinal));
        Assert.Contains(lines, static line => line.Contains(" written 23, failed 2, failed again 0,", StringComparison.Ordinal));
        Assert.Contains(lines, static line => line.Contains(" INF Of 20 movies ", StringComparison.Ordinal));
        string broken = _catalogue.Text("SELECT CAST(movie_id AS TEXT) FROM etl_dead_letters WHERE reason = 'truncated'");
        Assert.Contains(lines, line => line.Contains($"DBG The movie {broken} failed in decode: truncated. ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("INSERT OR REPLACE INTO movies SELECT * FROM movies")]
    [InlineData("UPDATE movies SET id = 'x' || id WHERE rowid < 5")] // a later run finds them
    public async Task Serve_RowsReplacedDuringARun_HaveTheirPalettes(string replace)
    {
        await using SlowCovers server = await SlowCovers.StartAsync(_catalogue.GoodCover(), requests: 20);
        await using ServiceProcess service = await ServiceProcess.StartAsync(
            _catalogue, "--set", $"Etl:Fetch:Locations={server.Location}", "--set", "Etl:Fetch:DegreeOfParallelism=20");
        await server.Requested;

        _catalogue.Execute(replace);
        server.Open();

        await Eventually.Holds(() => _catalogue.Missing == 0);
    }

    [Fact]
    public async Task Serve_FolderOfCoversVanishesAndComesBack_HoldsMoviesMeanwhile()
    {
        await using ServiceProcess service = await ServiceProcess.StartAsync(_catalogue, "--set", "Etl:Fetch:OutageTimeout=00:00:01");
        await Eventually.Holds(() => _catalogue.Missing == 2);

        Directory.Move(_catalogue.PathOf("covers"), _catalogue.PathOf("away"));
        _catalogue.Execute("UPDATE movies SET palette_json = NULL WHERE id NOT IN (SELECT movie_id FROM etl_dead_letters)");
        await service.Logged("Covers cannot be read: the folder");
        await Eventually.Holds(async () => (await service.GetAsync("/api/status")).GetProperty("state").GetString() == "outage");
        JsonElement outage = (await service.GetAsync("/api/status")).GetProperty("outage");
        string metrics = await service.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        Directory.Move(_catalogue.PathOf("away"), _catalogue.PathOf("covers"));

        await Eventually.Holds(() => _catalogue.Missing == 2);
        await Eventually.Holds(async () => (await service.GetAsync("/api/status")).GetProperty("outage").ValueKind == JsonValueKind.Null);
        Assert.Equal($"the folder {_catalogue.PathOf("covers")} does not exist", outage.GetProperty("cause").GetString());
        Assert.Matches("(?m)^etl_service_state{.*outage.*} 1", metrics);
        Assert.Matches("(?m)^etl_fetch_outage.* 1", metrics);
        Assert.Equal(0, _catalogue.Scalar("SELECT count(*) FROM etl_dead_letters WHERE reason = 'not_found'"));
        Assert.Contains("Covers can be read again", (await service.StopAsync()).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_ServerOfCoversIsDownAndComesBack_HoldsMoviesMeanwhile()
    {
        int port;
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            port = ((IPEndPoint)free.LocalEndpoint).Port;
        }

        await using ServiceProcess service = await ServiceProcess.StartAsync(
            _catalogue, "--set", $"Etl:Fetch:Locations:0=http://127.0.0.1:{port}/{{id}}.jpg", "--set", "Etl:Fetch:Retries=0");
        await service.Logged($"Covers cannot be read: the server 127.0.0.1:{port} cannot be reached");

        await using CoverServer server = await CoverServer.StartAsync(Answers.Body(_catalogue.GoodCover()), port: port);

        await Eventually.Holds(() => _catalogue.Missing == 0);
        Assert.Equal(0, _catalogue.Scalar("SELECT count(*) FROM sqlite_schema WHERE name = 'etl_dead_letters'"));
    }

    /// <summary>Without the interruption the process would wait for the statement, which takes days.</summary>
    [Fact]
    public async Task Serve_SecondSignalDuringALongStatement_InterruptsIt()
    {
        _catalogue.Execute("""
            CREATE TRIGGER slow AFTER UPDATE ON movies BEGIN
                SELECT count(*) FROM movies a, movies b, movies c, movies d, movies e, movies f, movies g, movies h, movies i, movies j;
            END
            """);
        await using ServiceProcess service = await ServiceProcess.StartAsync(_catalogue, "--set", "Etl:DrainTimeout=01:00:00");
        await Eventually.Holds(async () => (await service.GetAsync("/api/status")).GetProperty("run") is { ValueKind: JsonValueKind.Object } run
            && run.GetProperty("stages").EnumerateArray().Any(static stage =>
                stage.GetProperty("name").GetString() == "write" && stage.GetProperty("inProgress").GetInt32() == 1));

        service.Signal(EtlProcess.Terminate);
        await service.Logged("Draining:");
        service.Signal(EtlProcess.Terminate);
        EtlOutput ended = await service.EndAsync();

        Assert.Equal(143, ended.ExitCode);
        Assert.Equal(20, _catalogue.Missing);
        Assert.DoesNotContain(" ERR ", ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_CoverComesLate_TriesAgainByItself()
    {
        await using ServiceProcess service = await ServiceProcess.StartAsync(
            _catalogue, "--set", "Etl:Service:RetryDelay=00:00:00.200");
        await Eventually.Holds(() => _catalogue.Missing == 2);
        _catalogue.Execute("INSERT INTO movies (id, title) VALUES ('9000001', 'New')");
        await Eventually.Holds(() => _catalogue.Scalar("SELECT count(*) FROM etl_dead_letters WHERE reason = 'not_found'") == 1);

        File.WriteAllBytes(_catalogue.PathOf("covers/9000001.jpg"), _catalogue.GoodCover());

        await Eventually.Holds(() => _catalogue.Missing == 2);
        Assert.Equal(0, _catalogue.Scalar("SELECT count(*) FROM etl_dead_letters WHERE reason = 'not_found'"));
    }

    [Fact]
    public async Task Serve_BrokenCoverIsReplaced_TriesAgainByItself()
    {
        await using ServiceProcess service = await ServiceProcess.StartAsync(
            _catalogue, "--set", "Etl:Service:RetryDelay=00:00:00.200", "--set", "Etl:Service:MaxRetryDelay=00:00:01");
        await Eventually.Holds(() => _catalogue.Scalar("SELECT count(*) FROM sqlite_schema WHERE name = 'etl_dead_letters'") == 1
            && _catalogue.Scalar("SELECT count(*) FROM etl_dead_letters") == 2);

        string broken = _catalogue.Text("SELECT CAST(movie_id AS TEXT) FROM etl_dead_letters LIMIT 1");
        File.WriteAllBytes(_catalogue.PathOf($"covers/{broken}.jpg"), _catalogue.GoodCover());

        await Eventually.Holds(() => _catalogue.Missing == 1);
    }

    [Fact]
    public async Task Serve_DatabaseVanishesAndComesBack_IsNotReadyMeanwhile()
    {
        await using ServiceProcess service = await ServiceProcess.StartAsync(_catalogue);
        await Eventually.Holds(() => _catalogue.Missing == 2);
        Assert.Equal(HttpStatusCode.OK, await service.StatusOfAsync("/health/ready"));

        File.Move(_catalogue.PathOf("movies.db"), _catalogue.PathOf("away.db"));
        await service.Logged("Trying again in");
        Assert.Equal(HttpStatusCode.OK, await service.StatusOfAsync("/health/live"));
        await Eventually.Holds(async () => await service.StatusOfAsync("/health/ready") == HttpStatusCode.ServiceUnavailable);

        File.Move(_catalogue.PathOf("away.db"), _catalogue.PathOf("movies.db"));
        await Eventually.Holds(async () => await service.StatusOfAsync("/health/ready") == HttpStatusCode.OK);
        _catalogue.Execute("UPDATE movies SET palette_json = '' WHERE id = (SELECT min(id) FROM movies WHERE palette_json <> '')");
        await Eventually.Holds(() => _catalogue.Missing == 2);
    }

    [Fact]
    public async Task Serve_DatabaseLocked_GoesOnOnceItIsFree()
    {
        await using ServiceProcess service = await ServiceProcess.StartAsync(
            _catalogue, "--set", "Etl:Write:BusyTimeout=00:00:00.200");
        await Eventually.Holds(() => _catalogue.Missing == 2);

        _catalogue.Execute("UPDATE movies SET palette_json = NULL");
        using (SqliteConnection held = _catalogue.Hold("BEGIN EXCLUSIVE"))
        {
            await service.Logged("stayed locked by another program");
        }

        await Eventually.Holds(() => _catalogue.Missing == 2);
        Assert.Equal(0, (await service.StopAsync()).ExitCode);
    }

    [Fact]
    public async Task Serve_TooManyDeadLetters_EndsWithTheirExitCode()
    {
        await using ServiceProcess service = await ServiceProcess.StartAsync(_catalogue, "--set", "Etl:MaxDeadLetters=1");

        EtlOutput ended = await service.EndAsync();

        Assert.Equal(4, ended.ExitCode);
        Assert.DoesNotContain("   at ", ended.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://0.0.0.0:5080", "can be reached from other machines, and no API key is set. Set Etl:Service:ApiKey")]
    [InlineData("http://*:5080", "can be reached from other machines")]
    [InlineData("http://example.org:5080", "can be reached from other machines")]
    [InlineData("nonsense", "is not a valid address")]
    public async Task Serve_AddressThatIsRefused_EndsWith2AndALine(string urls, string problem)
    {
        EtlOutput ended = await EtlCommand.RunAsync(["serve", .. _catalogue.WholeSettings, "--urls", urls]);

        Assert.Equal(2, ended.ExitCode);
        Assert.Contains(problem, Assert.Single(ended.Errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ASPNETCORE_URLS", "http://127.0.0.2:0", "127.0.0.2")]
    [InlineData("Etl__Service__Urls", "http://127.0.0.3:0;http://127.0.0.5:0", "127.0.0.3")]
    [InlineData("Kestrel__Endpoints__One__Url", "http://127.0.0.4:0", "127.0.0.4")]
    public async Task Serve_AddressOfTheEnvironment_AnswersThere(string variable, string value, string host)
    {
        using EtlProcess service = EtlProcess.Start(_catalogue.Folder, [(variable, value)], ["serve", .. TestCatalogue.Settings]);
        string told = await service.Logged("answers at");
        string address = Regex.Match(told, $@"http://{Regex.Escape(host)}:\d+").Value;

        using var client = new HttpClient();
        using HttpResponseMessage answer = await client.GetAsync(new Uri($"{address}/health/live"));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Serve_ApiKeyLeftEmpty_IsAsIfItWereNotSet()
    {
        using EtlProcess service = EtlProcess.Start(
            _catalogue.Folder, [("Etl__Service__ApiKey", ""), ("Etl__Service__Urls", "http://0.0.0.0:0")], ["serve", .. TestCatalogue.Settings]);

        EtlOutput ended = await service.EndAsync();

        Assert.Equal(2, ended.ExitCode);
        Assert.Contains("can be reached from other machines, and no API key is set.", ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_RunFailsAndNothingChanges_TriesAgainAllTheSame()
    {
        await using ServiceProcess service = await ServiceProcess.StartAsync(
            _catalogue, "--set", "Etl:Write:BusyTimeout=00:00:00.200");
        await Eventually.Holds(() => _catalogue.Missing == 2);
        await service.RunCompleted();

        using (SqliteConnection held = _catalogue.Hold("UPDATE movies SET palette_json = NULL; BEGIN IMMEDIATE"))
        {
            await service.Logged("Trying again in"); // the pass can read, the run cannot write
        }

        await Eventually.Holds(() => _catalogue.Missing == 2);
    }

    [Fact]
    public async Task Serve_RequestStillOpenAtTheSignal_StopsReadingAtOnce()
    {
        await using SlowCovers covers = await SlowCovers.StartAsync(_catalogue.GoodCover(), requests: 1);
        await using ServiceProcess service = await ServiceProcess.StartAsync(
            _catalogue, "--set", $"Etl:Fetch:Locations:0={covers.Location}", "--set", "Etl:Fetch:DegreeOfParallelism=1",
            "--set", "Etl:Fetch:BoundedCapacity=1", "--set", "Etl:Decode:BoundedCapacity=4", "--set", "Etl:Write:BatchSize=1");
        await covers.Requested;
        using var body = new PendingContent();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/dead-letters/retry") { Content = body };
        Task open = service.Client.SendAsync(request);
        await body.Begun;

        service.Signal(EtlProcess.Terminate);
        await service.Logged("Draining:");
        covers.Open();
        await service.Logged("The run drained");
        body.End();

        Assert.Equal(0, (await service.EndAsync()).ExitCode);
        await Task.WhenAny(open); // which need not have been answered
        Assert.InRange(_catalogue.Missing, 10, 19);
    }

    [Fact]
    public async Task Serve_KestrelOpenToOthersWithoutAKey_IsRefused()
    {
        using EtlProcess service = EtlProcess.Start(
            _catalogue.Folder, [("Kestrel__Endpoints__One__Url", "http://0.0.0.0:0")], ["serve", .. TestCatalogue.Settings]);

        EtlOutput ended = await service.EndAsync();

        Assert.Equal(2, ended.ExitCode);
        Assert.StartsWith("etl: Kestrel:Endpoints: http://0.0.0.0:0 can be reached", ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_SecondSignalDuringADrain_EndsWithItsExitCode()
    {
        await using SlowCovers covers = await SlowCovers.StartAsync(_catalogue.GoodCover(), requests: 1);
        await using ServiceProcess service = await ServiceProcess.StartAsync(
            _catalogue, "--set", $"Etl:Fetch:Locations:0={covers.Location}");
        await covers.Requested;

        service.Signal(EtlProcess.Terminate);
        await service.Logged("Draining:");
        service.Signal(EtlProcess.Terminate);

        Assert.Equal(143, (await service.EndAsync()).ExitCode);
        Assert.Equal(20, _catalogue.Missing);
    }

    [Fact]
    public async Task Serve_DuringADrain_AnswersAndSaysSo()
    {
        await using SlowCovers covers = await SlowCovers.StartAsync(_catalogue.GoodCover(), requests: 1);
        await using ServiceProcess service = await ServiceProcess.StartAsync(_catalogue, "--set", $"Etl:Fetch:Locations:0={covers.Location}");
        await covers.Requested;

        service.Signal(EtlProcess.Terminate);
        await service.Logged("Draining:");

        Assert.Equal(HttpStatusCode.OK, await service.StatusOfAsync("/health/live"));
        await Eventually.Holds(async () => await service.StatusOfAsync("/health/ready") == HttpStatusCode.ServiceUnavailable);
        await Eventually.Holds(async () => (await service.GetAsync("/api/status")).GetProperty("state").GetString() == "draining");
        string metrics = await service.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        Assert.Matches("""etl_service_state\{.*"draining"\} 1""", metrics);
        covers.Open();
        Assert.Equal(0, (await service.EndAsync()).ExitCode);
    }

    [Fact]
    public async Task Serve_DrainTakesTooLong_EndsWithTheSignalsExitCode()
    {
        await using SlowCovers covers = await SlowCovers.StartAsync(_catalogue.GoodCover(), requests: 1);
        await using ServiceProcess service = await ServiceProcess.StartAsync(
            _catalogue, "--set", $"Etl:Fetch:Locations:0={covers.Location}", "--set", "Etl:DrainTimeout=00:00:00.200");
        await covers.Requested;

        Assert.Equal(143, (await service.StopAsync()).ExitCode);
    }

    [Theory]
    [InlineData("https://127.0.0.1:0", "Set Kestrel:Certificates:Default:Path.")]
    [InlineData("http://203.0.113.5:5080", "Set other addresses with --urls or Etl:Service:Urls.")]
    public async Task Serve_AddressThatCannotBeTaken_EndsWith1AndALine(string urls, string mend)
    {
        EtlOutput ended = await EtlProcess.RunAsync(
            _catalogue.Folder,
            ["serve", .. TestCatalogue.Settings, "--urls", urls, "--set", "Etl:Service:ApiKey=a-key-of-this-test-0"]);

        Assert.Equal(1, ended.ExitCode);
        string line = Assert.Single(ended.Errors.TrimEnd().Split('\n'));
        Assert.StartsWith($"etl: The service cannot listen at {urls}: ", line, StringComparison.Ordinal);
        Assert.EndsWith(mend, line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_PortTaken_EndsWith1AndALine()
    {
        await using ServiceProcess first = await ServiceProcess.StartAsync(_catalogue);

        EtlOutput second = await EtlProcess.RunAsync(
            _catalogue.Folder, ["serve", .. TestCatalogue.Settings, "--urls", first.Client.BaseAddress!.ToString()]);

        Assert.Equal(1, second.ExitCode);
        Assert.Contains("address already in use", second.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", second.Errors, StringComparison.Ordinal);
    }
}
