using System.Text.Json;
using Etl.IntegrationTests.Run;

namespace Etl.IntegrationTests.Explain;

/// <summary><c>etl explain</c> on a real catalogue with real covers.</summary>
public sealed class ExplainTests : IDisposable
{
    private readonly TestCatalogue _catalogue = new(movies: 6);

    public void Dispose() => _catalogue.Dispose();

    [Fact]
    public async Task Explain_MissingPalette_ShowsTheOneThatTheNextRunMakes()
    {
        string id = _catalogue.GoodMovie;

        JsonElement row = await RowAsync(id);
        await FillAsync();

        Assert.Equal(("missing", "make", "makes its palette: it is missing"), (Text(row, "paletteState"), Action(row), Message(row)));
        Assert.Equal("null", Raw(row, "palette"));
        JsonElement extraction = row.GetProperty("extraction");
        Assert.Equal(
            _catalogue.Text($"SELECT palette_json FROM movies WHERE id = '{id}'").Replace(" ", "", StringComparison.Ordinal), Raw(extraction, "palette"));
        Assert.Equal(("JPEG", "found"), (Text(extraction, "format"), Text(extraction.GetProperty("locations")[0], "outcome")));
        Assert.Equal(_catalogue.GoodCover().LongLength, extraction.GetProperty("coverBytes").GetInt64());
        long pixels = extraction.GetProperty("width").GetInt64() * extraction.GetProperty("height").GetInt64();
        Assert.Equal((pixels + 9) / 10, extraction.GetProperty("sampledPixels").GetInt64());
        Assert.Matches("^(SkiaSharp|libturbojpeg)$", Text(extraction, "decoder"));
        Assert.All(["fetchSeconds", "decodeSeconds", "quantizeSeconds"], stage => Assert.InRange(extraction.GetProperty(stage).GetDouble(), 1e-6, 60));
    }

    [Fact]
    public async Task Explain_CurrentPalette_IsLeft()
    {
        await FillAsync();

        JsonElement row = await RowAsync(_catalogue.GoodMovie);

        Assert.Equal(("present", "leaves it: its palette is current"), (Text(row, "paletteState"), Message(row)));
        JsonElement provenance = row.GetProperty("provenance");
        Assert.Equal("true false false", $"{Raw(provenance, "isOfPalette")} {Raw(provenance, "isSettingsStale")} {Raw(provenance, "isCoverStale")}");
        Assert.Equal(Text(row.GetProperty("extraction"), "coverHash"), Text(provenance, "coverHash"));
        Assert.Equal("leaves it: its palette is current: the cover has not changed", Message(await RowAsync(_catalogue.GoodMovie, "Etl:Query:Refresh=All")));
    }

    [Theory]
    [InlineData("None", "leave", "leaves it: settings differ, but Etl:Query:Refresh is None; 'etl run --stale settings' makes it again")]
    [InlineData("Covers", "leave", "leaves it: its palette is current: the cover has not changed")]
    [InlineData("Settings", "makeAgain", "makes its palette again: settings differ")]
    [InlineData("All", "makeAgain", "makes its palette again: settings differ")]
    public async Task Explain_OtherSettings_SaysWhetherTheNextRunMakesItAgain(string refresh, string action, string message)
    {
        await FillAsync();

        JsonElement row = await RowAsync(_catalogue.GoodMovie, "Etl:Quantize:ColorCount=4", $"Etl:Query:Refresh={refresh}");

        Assert.Equal((action, message), (Action(row), Message(row)));
        Assert.Equal("true", Raw(row.GetProperty("provenance"), "isSettingsStale"));
        Assert.Equal(4, row.GetProperty("extraction").GetProperty("palette").GetArrayLength());
    }

    [Theory]
    [InlineData("None", "leave", "leaves it: the cover has changed, but Etl:Query:Refresh is None; 'etl run --stale covers' makes it again")]
    [InlineData("Settings", "leave", "leaves it: the cover has changed, but Etl:Query:Refresh is Settings; 'etl run --stale covers' makes it again")]
    [InlineData("Covers", "makeAgain", "makes its palette again: the cover has changed")]
    public async Task Explain_OtherCover_SaysWhetherTheNextRunMakesItAgain(string refresh, string action, string message)
    {
        string id = _catalogue.GoodMovie; // the one with the largest cover, which another is afterwards
        await FillAsync();
        ReplaceCover(id, _catalogue.OtherCover());

        JsonElement row = await RowAsync(id, $"Etl:Query:Refresh={refresh}");

        Assert.Equal((action, message), (Action(row), Message(row)));
        Assert.Equal("true", Raw(row.GetProperty("provenance"), "isCoverStale"));
    }

    [Fact]
    public async Task Explain_OtherCoverIsBroken_KeepsThePalette()
    {
        string id = _catalogue.GoodMovie;
        await FillAsync();
        ReplaceCover(id, "<html>Not found</html>"u8.ToArray());

        JsonElement row = await RowAsync(id, "Etl:Query:Refresh=Covers");
        await FillAsync("--stale", "covers");
        JsonElement next = await RowAsync(id, "Etl:Query:Refresh=Covers");

        Assert.Equal("tries it, because the cover has changed, and it fails: unsupported_format. The palette stays", Message(row));
        Assert.Equal("leaves it: it failed permanently (unsupported_format) with this version of the cover", Message(next));
        Assert.Equal("present", Text(next, "paletteState"));
    }

    [Fact]
    public async Task Explain_TouchedCover_IsCurrent()
    {
        await FillAsync();
        ReplaceCover(_catalogue.GoodMovie, _catalogue.GoodCover());

        JsonElement row = await RowAsync(_catalogue.GoodMovie, "Etl:Query:Refresh=All");

        Assert.Equal("leaves it: its palette is current: the content of the cover has not changed", Message(row));
    }

    [Theory]
    [InlineData("[[7, 7, 7]]", "None", "leaves it: another program wrote the palette")]
    [InlineData("[[7, 7, 7]]", "All", "leaves it: another program wrote the palette")]
    [InlineData("[[7, 7, 7]]", "All;Etl:Query:Adopt=true", "makes its palette again: Etl:Query:Adopt replaces palettes of other programs")]
    [InlineData("null", "All", "leaves it: its value is no palette; 'etl reset --unreadable' empties it")]
    public async Task Explain_ForeignValue_SaysWhetherItStays(string value, string refresh, string message)
    {
        await FillAsync();
        _catalogue.Execute($"UPDATE movies SET palette_json = '{value}' WHERE id = '{_catalogue.GoodMovie}'");

        JsonElement row = await RowAsync(_catalogue.GoodMovie, $"Etl:Query:Refresh={refresh}".Split(';'));

        Assert.Equal(message, Message(row));
        Assert.Equal("false", Raw(row.GetProperty("provenance"), "isOfPalette"));
        Assert.Equal(value == "null" ? "unreadable" : "present", Text(row, "paletteState"));
    }

    [Fact]
    public async Task Explain_PaletteWithoutProvenance_IsLeft()
    {
        await FillAsync("--set", "Etl:Write:Provenance=false");

        JsonElement row = await RowAsync(_catalogue.GoodMovie);

        Assert.Equal(("null", "leaves it: another program, or an earlier version, wrote the palette"), (Raw(row, "provenance"), Message(row)));
    }

    [Fact]
    public async Task Explain_DeadLetterThatStands_IsLeftUntilTheCoverChangesOrARetryIsRequested()
    {
        await FillAsync();
        string id = _catalogue.Text("SELECT movie_id FROM etl_dead_letters WHERE reason <> 'truncated'");
        string reason = _catalogue.Text($"SELECT reason FROM etl_dead_letters WHERE movie_id = '{id}'");

        JsonElement stands = await RowAsync(id);
        ReplaceCover(id, _catalogue.GoodCover());
        JsonElement changed = await RowAsync(id);
        _catalogue.Execute("UPDATE etl_dead_letters SET attempts = 0");
        JsonElement requested = await RowAsync(id);

        Assert.Equal($"leaves it: it failed permanently ({reason}) with this version of the cover", Message(stands));
        JsonElement letter = stands.GetProperty("deadLetter");
        Assert.Equal((reason, "decode", 1), (Text(letter, "reason"), Text(letter, "stage"), letter.GetProperty("attempts").GetInt32()));
        Assert.Equal((reason, "decode"), (Text(stands.GetProperty("extraction"), "reason"), Text(stands.GetProperty("extraction"), "stage")));
        Assert.Equal(("make", "makes its palette: it is missing, and the cover has changed since it failed"), (Action(changed), Message(changed)));
        Assert.Equal("makes its palette: it is missing, and a retry was requested", Message(requested));
    }

    [Fact]
    public async Task Explain_DeadLetterThatMayPass_IsTriedAgain()
    {
        string id = _catalogue.GoodMovie;
        byte[] cover = _catalogue.GoodCover();
        File.Delete(_catalogue.PathOf($"covers/{id}.jpg"));
        await FillAsync();

        JsonElement absent = await RowAsync(id);
        await File.WriteAllBytesAsync(_catalogue.PathOf($"covers/{id}.jpg"), cover, TestContext.Current.CancellationToken);
        JsonElement there = await RowAsync(id);

        Assert.Equal(("fail", "tries it, because it is missing, and not_found may pass, and it fails: not_found"), (Action(absent), Message(absent)));
        Assert.Equal("absent", Text(absent.GetProperty("extraction").GetProperty("locations")[0], "outcome"));
        Assert.True(absent.GetProperty("deadLetter").TryGetProperty("nextAt", out _));
        Assert.Equal("makes its palette: it is missing, and not_found may pass", Message(there));
    }

    [Fact]
    public async Task Explain_SeveralLocations_SaysWhatCameOfEach()
    {
        await using CoverServer server = await CoverServer.StartAsync(Answers.Status(404));
        string id = _catalogue.GoodMovie;

        JsonElement row = await RowAsync(
            id,
            $"Etl:Fetch:Locations:0={server.Url}/{{id}}.jpg?key=secret",
            $"Etl:Fetch:Locations:1={_catalogue.PathOf("covers/{id}.jpg")}",
            "Etl:Fetch:Locations:2=elsewhere/{id}.jpg");

        JsonElement locations = row.GetProperty("extraction").GetProperty("locations");
        Assert.Equal(["absent", "found", "notTried"], locations.EnumerateArray().Select(static at => Text(at, "outcome")));
        Assert.Equal($"{server.Url}/{id}.jpg?…", Text(locations[0], "location"));
    }

    [Fact]
    public async Task Explain_ServerThatFails_SaysWhichLocation()
    {
        await using CoverServer server = await CoverServer.StartAsync(Answers.Status(500));

        JsonElement row = await RowAsync(
            _catalogue.GoodMovie, $"Etl:Fetch:Locations:0={server.Url}/{{id}}.jpg", "Etl:Fetch:Locations:1=elsewhere/{id}.jpg", "Etl:Fetch:Retries=0");

        JsonElement extraction = row.GetProperty("extraction");
        Assert.Equal(["failed", "notTried"], extraction.GetProperty("locations").EnumerateArray().Select(static at => Text(at, "outcome")));
        Assert.Equal(("fetch", "unreachable", "fail"), (Text(extraction, "stage"), Text(extraction, "reason"), Action(row)));
    }

    [Fact]
    public async Task Explain_ClusterWithoutTheCoverHere_SaysThatAWorkerMayHaveIt()
    {
        JsonElement row = await RowAsync(_catalogue.GoodMovie, "Etl:Fetch:Locations:0=elsewhere/{id}.jpg", "Etl:Cluster:Broker=amqp://127.0.0.1:1");

        Assert.Equal(("send", "sends it to a worker: it is missing. This process cannot read the cover; a worker may"), (Action(row), Message(row)));
    }

    [Fact]
    public async Task Explain_RowThatDoesNotPassTheFilter_IsLeft()
    {
        JsonElement row = await RowAsync(_catalogue.GoodMovie, "Etl:Query:Where=title = 'of no movie'");

        Assert.Equal(("false", "leaves it: its row does not pass Etl:Query:Where"), (Raw(row, "isMovie"), Message(row)));
    }

    [Fact]
    public async Task Explain_UnknownId_IsOneLineAndExitCode1()
    {
        EtlOutput unknown = await RunAsync("a\nb");

        Assert.Equal((1, "", "etl: no movie has the id a\uFFFDb."), (unknown.ExitCode, unknown.Output, unknown.Errors.Trim()));
    }

    [Theory]
    [InlineData("@1", "@1")]
    [InlineData("-5", "-5")]
    [InlineData("--x", "--", "--x")]
    [InlineData("two words, 'quoted'", "two words, 'quoted'")]
    public async Task Explain_IdOfAnySigns_IsThatOfTheMovie(string id, params string[] arguments)
    {
        _catalogue.Execute($"INSERT INTO movies (id, title) VALUES ('{id.Replace("'", "''", StringComparison.Ordinal)}', 'Odd')");

        EtlOutput output = await RunAsync(arguments);

        Assert.Equal((0, ""), (output.ExitCode, output.Errors));
        Assert.StartsWith($"movie        {id} (text), row key 7", output.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_ControlCharacters_ReachNoTerminal()
    {
        _catalogue.Execute("INSERT INTO movies (id, title, palette_json) VALUES ('a' || char(27) || '[31mb', 'Odd', 'x' || char(7))");

        EtlOutput output = await RunAsync("a\u001B[31mb");

        Assert.Equal(0, output.ExitCode);
        Assert.DoesNotContain(output.Output, static c => char.IsControl(c) && c is not ('\n' or '\r'));
        Assert.Contains("failure      invalid_id in fetch: ", output.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_TwoRowsWithOneId_ExplainsEach()
    {
        const string Id = "77";
        await File.WriteAllBytesAsync(_catalogue.PathOf($"covers/{Id}.jpg"), _catalogue.GoodCover(), TestContext.Current.CancellationToken);
        _catalogue.Execute($"ALTER TABLE movies RENAME TO others; CREATE TABLE movies (id, title, palette_json); INSERT INTO movies (id) VALUES ({Id}), ('{Id}')");
        await FillAsync("--limit", "1");

        EtlOutput text = await RunAsync(Id);
        JsonElement both = await JsonAsync(Id);

        Assert.StartsWith($"2 rows have the id {Id}:", text.Output, StringComparison.Ordinal);
        Assert.Equal(2, both.GetProperty("count").GetInt32());
        JsonElement[] rows = [.. both.GetProperty("items").EnumerateArray()];
        Assert.Equal(["integer", "text"], rows.Select(static row => Text(row, "idType")));
        Assert.Equal(["present", "missing"], rows.Select(static row => Text(row, "paletteState")));
        Assert.Equal(["leave", "make"], rows.Select(Action));
    }

    [Fact]
    public async Task Explain_DamagedCover_HasItsDamage()
    {
        byte[] cover = _catalogue.GoodCover();
        string path = _catalogue.PathOf($"covers/{_catalogue.GoodMovie}.jpg");
        string id = _catalogue.GoodMovie;
        await File.WriteAllBytesAsync(path, cover[..^2], TestContext.Current.CancellationToken);
        string[] accepting = ["--set", "Etl:Decode:AcceptTruncated=true"];
        await FillAsync(accepting);

        JsonElement row = await RowAsync(id, accepting[1]);

        string damage = Text(row.GetProperty("damage"), "message");
        Assert.NotEmpty(damage);
        Assert.Equal(damage, Text(row.GetProperty("extraction"), "message"));
    }

    [Fact]
    public async Task Explain_WhileAnotherProgramWrites_ChangesNothingAndDoesNotWait()
    {
        await FillAsync();
        string[] before = [.. Directory.EnumerateFileSystemEntries(_catalogue.Folder).Order()];
        byte[] database = await File.ReadAllBytesAsync(_catalogue.PathOf("movies.db"), TestContext.Current.CancellationToken);
        await using (_catalogue.Hold("BEGIN IMMEDIATE"))
        {
            EtlOutput output = await RunAsync(_catalogue.GoodMovie);

            Assert.Equal((0, ""), (output.ExitCode, output.Errors));
        }

        Assert.Equal(before, Directory.EnumerateFileSystemEntries(_catalogue.Folder).Order());
        Assert.Equal(database, await File.ReadAllBytesAsync(_catalogue.PathOf("movies.db"), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("baseline.jpg", "JPEG", "SkiaSharp", "Etl:Decode:TurboJpeg=Never")]
    [InlineData("rgba.png", "PNG", "SkiaSharp")]
    [InlineData("lossy.webp", "WebP", "SkiaSharp")]
    [InlineData("lossy.webp", "WebP", "SkiaSharp", "Etl:Quantize:Algorithm=Oklab")]
    [InlineData("lossy.avif", "AVIF", "libvips", "Etl:Decode:Dav1d=Never")]
    [InlineData(null, "JPEG", "DC coefficients", "Etl:Quantize:Algorithm=Oklab")]
    [InlineData(null, "JPEG", "SkiaSharp", "Etl:Quantize:Algorithm=Oklab", "Etl:Decode:DcReader=false", "Etl:Decode:TurboJpeg=Never")]
    public async Task Explain_Decoder_IsTheOneThatMadeTheHistogram(string? asset, string format, string decoder, params string[] settings)
    {
        string id = _catalogue.GoodMovie;
        if (asset is not null)
        {
            ReplaceCover(id, Asset.Bytes(asset));
        }

        JsonElement extraction = (await RowAsync(id, settings)).GetProperty("extraction");

        Assert.Equal((format, decoder), (Text(extraction, "format"), Text(extraction, "decoder")));
        long decoded = extraction.GetProperty("decodedWidth").GetInt64() * extraction.GetProperty("decodedHeight").GetInt64();
        long step = extraction.GetProperty("sampleStep").GetInt64();
        Assert.Equal((decoded + step - 1) / step, extraction.GetProperty("sampledPixels").GetInt64());
        Assert.True(decoded <= extraction.GetProperty("width").GetInt64() * extraction.GetProperty("height").GetInt64());
    }

    [Fact]
    public async Task Explain_TableWithoutRowid_ShowsItsKeyAndTheLocationOfTheRow()
    {
        string cover = _catalogue.PathOf($"covers/{_catalogue.GoodMovie}.jpg");
        _catalogue.Execute(
            $"""
            ALTER TABLE movies RENAME TO others;
            CREATE TABLE movies (part TEXT, id INTEGER, poster TEXT, palette_json TEXT, PRIMARY KEY (part, id)) WITHOUT ROWID;
            INSERT INTO movies (part, id, poster) VALUES ('a', 1, '{cover}'), ('b', 1, NULL);
            """);

        JsonElement[] rows =
        [
            .. (await JsonAsync(
                "1",
                "Etl:Query:CoverColumn=poster",
                $"Etl:Fetch:Locations:0={_catalogue.PathOf("covers/")}{{cover}}")).GetProperty("items").EnumerateArray(),
        ];

        Assert.Equal(["""["a","1"]""", """["b","1"]"""], rows.Select(static row => Raw(row, "rowKey")));
        Assert.Equal([cover, ""], rows.Select(static row => Text(row, "coverLocation")));
        Assert.Equal(["make", "fail"], rows.Select(Action));
    }

    [Fact]
    public async Task Explain_InterruptedWhileItFetches_EndsWithTheCodeOfTheSignal()
    {
        using var silent = new CancellationTokenSource();
        await using CoverServer server = await CoverServer.StartAsync(
            context => Task.Delay(Timeout.InfiniteTimeSpan, CancellationTokenSource.CreateLinkedTokenSource(silent.Token, context.RequestAborted).Token));
        using EtlProcess process = EtlProcess.Start(
            _catalogue.Folder, ["explain", _catalogue.GoodMovie, .. TestCatalogue.Settings, "--set", $"Etl:Fetch:Locations:0={server.Url}/{{id}}.jpg"]);
        await Eventually.Holds(() => server.Answering > 0);

        process.Signal(EtlProcess.Interrupt);
        EtlOutput output = await process.EndAsync();
        await silent.CancelAsync();

        Assert.Equal((130, ""), (output.ExitCode, output.Output));
    }

    [Fact]
    public async Task Explain_MissingColumn_IsFilledInByTheNextRun()
    {
        _catalogue.Execute("ALTER TABLE movies ADD COLUMN shares TEXT");
        await FillAsync();

        JsonElement row = await RowAsync(_catalogue.GoodMovie, "Etl:Columns:Population=shares");

        Assert.Equal("complete", Action(row));
        Assert.Equal("fills in the missing columns: shares", Text(row.GetProperty("nextRun"), "message"));
        Assert.Equal(JsonValueKind.Null, row.GetProperty("columns").GetProperty("shares").ValueKind);
        Assert.Equal(6, row.GetProperty("extraction").GetProperty("columns").GetProperty("shares").GetArrayLength());
    }

    [Fact]
    public async Task Explain_PopulationColumn_ShowsTheShares()
    {
        _catalogue.Execute("ALTER TABLE movies ADD COLUMN shares TEXT");
        string[] settings = ["Etl:Quantize:Algorithm=Oklab", "Etl:Quantize:PopulationColumn=shares"];
        await FillAsync([.. settings.SelectMany(static setting => new[] { "--set", setting })]);

        JsonElement row = await RowAsync(_catalogue.GoodMovie, settings);

        Assert.Equal(6, row.GetProperty("columns").GetProperty("shares").GetArrayLength());
        Assert.Equal(Raw(row, "columns"), Raw(row.GetProperty("extraction"), "columns"));
        Assert.Equal(Raw(row, "palette"), Raw(row.GetProperty("extraction"), "palette"));
    }

    [Theory]
    [InlineData]
    [InlineData("1", "2")]
    [InlineData("1", "--count", "3")]
    public async Task Explain_CommandLineThatIsNone_IsRefused(params string[] arguments)
    {
        EtlOutput refused = await EtlCommand.RunAsync(["explain", .. arguments]);

        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("See 'etl explain --help'.", refused.Errors, StringComparison.Ordinal);
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static string Raw(JsonElement element, string name) => element.GetProperty(name).GetRawText();

    private static string Action(JsonElement row) => Text(row.GetProperty("nextRun"), "action");

    private static string Message(JsonElement row) => Text(row.GetProperty("nextRun"), "message");

    private void ReplaceCover(string id, byte[] cover)
    {
        string path = _catalogue.PathOf($"covers/{id}.jpg");
        File.WriteAllBytes(path, cover);
        File.SetLastWriteTimeUtc(path, TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(-1));
    }

    /// <summary>Makes the palettes of the catalogue.</summary>
    private async Task FillAsync(params string[] arguments) =>
        Assert.InRange((await EtlCommand.RunAsync(["run", "--quiet", .. _catalogue.WholeSettings, .. arguments])).ExitCode, 0, 3);

    private Task<EtlOutput> RunAsync(params string[] arguments) => EtlCommand.RunAsync(["explain", .. _catalogue.WholeSettings, .. arguments]);

    private async Task<JsonElement> JsonAsync(string id, params string[] settings)
    {
        EtlOutput output = await EtlCommand.RunAsync(
            ["explain", id, "--json", .. _catalogue.WholeSettings, .. settings.SelectMany(static setting => new[] { "--set", setting })]);
        Assert.Equal((0, ""), (output.ExitCode, output.Errors));
        return JsonDocument.Parse(output.Output).RootElement;
    }

    /// <summary>The only row of an id.</summary>
    private async Task<JsonElement> RowAsync(string id, params string[] settings) =>
        Assert.Single((await JsonAsync(id, settings)).GetProperty("items").EnumerateArray());
}
