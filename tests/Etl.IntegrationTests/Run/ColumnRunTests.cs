using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Etl.IntegrationTests.Run;

/// <summary>Columns that runs fill in beside the palette.</summary>
public sealed class ColumnRunTests : IDisposable
{
    private const int Movies = 40, Broken = 2;
    private const string ForeignPalette = "[[7, 7, 7]]";

    /// <summary>Every option, and the type of its column.</summary>
    private static readonly (string Option, string Type)[] All =
    [
        .. ((string[])["Population", "Colors", "Dominant", "Accent", "Mean", "TextColor", "Swatches", "ThumbHash", "BlurHash", "PHash", "DHash", "Format"])
            .Select(static option => (option, "TEXT")),
        ("IsDark", "INTEGER"), ("Width", "INTEGER"), ("Height", "INTEGER"),
    ];

    private readonly TestCatalogue _catalogue = new(Movies);

    public ColumnRunTests()
    {
        foreach ((string option, string type) in All)
        {
            _catalogue.Execute($"ALTER TABLE movies ADD COLUMN my_{option} {type}");
        }
    }

    public void Dispose() => _catalogue.Dispose();

    [Theory]
    [InlineData("ColorThief")]
    [InlineData("Oklab")]
    public async Task Run_EveryColumn_IsFilledInWithThePaletteAndAsPaletteCommandPrintsIt(string algorithm)
    {
        EtlOutput run = await RunAsync([.. Columns(), "--set", $"Etl:Quantize:Algorithm={algorithm}"]);

        Assert.Equal(3, run.ExitCode); // two covers are broken
        Assert.Equal(Movies - Broken, _catalogue.Scalar($"SELECT count(*) FROM movies WHERE {string.Join(" AND ", All.Select(static column => $"my_{column.Option} IS NOT NULL"))}"));
        EtlOutput printed = await EtlCommand.RunAsync(
            "palette", "--json", "--algorithm", algorithm, _catalogue.PathOf($"covers/{_catalogue.GoodMovie}.jpg"));
        using var json = JsonDocument.Parse(printed.Output);
        JsonElement columns = json.RootElement[0].GetProperty("columns");
        Assert.Equal(All.Length, columns.EnumerateObject().Count());
        foreach (JsonProperty column in columns.EnumerateObject())
        {
            string stored = _catalogue.Text($"SELECT CAST(my_{column.Name} AS TEXT) FROM movies WHERE id = '{_catalogue.GoodMovie}'");
            string shown = column.Value.ValueKind == JsonValueKind.String ? column.Value.GetString()! : column.Value.GetRawText();
            Assert.Equal(stored.Replace(" ", "", StringComparison.Ordinal), shown.Replace(" ", "", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Run_ColumnsConfiguredLater_AreFilledInWithoutTouchingPalettes()
    {
        await RunAsync([]);
        string foreign = _catalogue.GoodMovie;
        _catalogue.Execute($"UPDATE movies SET palette_json = '{ForeignPalette}' WHERE id = '{foreign}'");
        _catalogue.Execute("UPDATE movies SET my_Accent = '#010203' WHERE rowid = 3 AND palette_json <> ''");
        string palettes = Palettes();

        await KillMidwayAsync();
        long before = Incomplete();
        EtlOutput status = await EtlCommand.RunAsync(["status", "--json", .. _catalogue.WholeSettings, .. Columns()]);
        EtlOutput run = await RunAsync(Columns());
        Dictionary<string, long> totals = _catalogue.Report("report.json");
        await RunAsync(Columns());

        Assert.Equal(3, run.ExitCode);
        Assert.Equal((before, 0), (totals["written"], Incomplete()));
        Assert.InRange(before, 1, Movies - Broken - 1);
        Assert.Contains($"\"incomplete\":{before}", status.Output, StringComparison.Ordinal);
        Assert.Equal(palettes, Palettes());
        Assert.Equal("[1]", _catalogue.Text($"SELECT my_Population FROM movies WHERE id = '{foreign}'"));
        Assert.Equal("#070707", _catalogue.Text($"SELECT my_Dominant FROM movies WHERE id = '{foreign}'"));
        Assert.Equal("#010203", _catalogue.Text("SELECT my_Accent FROM movies WHERE rowid = 3"));
        Assert.Equal(0, _catalogue.Report("report.json")["written"]);
    }

    [Fact]
    public async Task Run_AnotherNotation_MakesValuesStale()
    {
        await RunAsync(["--set", "Etl:Columns:Accent=my_Accent"]);
        string[] oklch = ["--set", "Etl:Columns:Accent=my_Accent", "--set", "Etl:Columns:ColorFormat=Oklch"];

        await RunAsync(oklch);
        Assert.Equal(0, _catalogue.Report("report.json")["written"]);
        await RunAsync([.. oklch, "--stale", "settings"]);

        Assert.Equal(Movies - Broken, _catalogue.Report("report.json")["written"]);
        Assert.Equal(Movies - Broken, _catalogue.Scalar("SELECT count(*) FROM movies WHERE my_Accent LIKE 'oklch(%'"));
    }

    [Fact]
    public async Task Reset_Columns_AreEmptiedToo()
    {
        await RunAsync(Columns());

        EtlOutput reset = await EtlCommand.RunAsync(["reset", "--all", "--yes", .. _catalogue.WholeSettings, .. Columns()]);

        Assert.Equal((0, ""), (reset.ExitCode, reset.Errors));
        Assert.Equal(0, _catalogue.Scalar($"SELECT count(*) FROM movies WHERE {string.Join(" OR ", All.Select(static column => $"my_{column.Option} IS NOT NULL"))}"));
    }

    [Fact]
    public async Task Run_ColumnOfAnotherProgram_IsRefused()
    {
        EtlOutput run = await RunAsync(["--set", "Etl:Columns:Accent=title"]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("Column title of table movies in", run.Errors, StringComparison.Ordinal);
        Assert.Contains("holds values that are not colours", run.Errors, StringComparison.Ordinal);
        Assert.Contains("Set Etl:Columns:Accent to the column of colours", run.Errors, StringComparison.Ordinal);
        Assert.Equal(Movies, _catalogue.Missing);
    }

    private static string[] Columns() => [.. All.SelectMany(static column => new[] { "--set", $"Etl:Columns:{column.Option}=my_{column.Option}" })];

    private Task<EtlOutput> RunAsync(string[] arguments) =>
        EtlCommand.RunAsync(["run", "--progress", "log", "--report", _catalogue.PathOf("report.json"), .. _catalogue.WholeSettings, .. arguments]);

    private long Incomplete() => _catalogue.Scalar("SELECT count(*) FROM movies WHERE palette_json <> '' AND (my_ThumbHash IS NULL OR my_Accent IS NULL)");

    private string Palettes() => _catalogue.Text("SELECT group_concat(id || palette_json) FROM (SELECT * FROM movies ORDER BY rowid)");

    /// <summary>Kills a run that waits for covers after it has filled in some columns.</summary>
    private async Task KillMidwayAsync()
    {
        int requests = 0;
        await using CoverServer server = await CoverServer.StartAsync(async context =>
        {
            if (Interlocked.Increment(ref requests) > Movies / 2)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted);
            }

            await context.Response.SendFileAsync(_catalogue.PathOf("covers" + context.Request.Path.Value), context.RequestAborted);
        });
        using EtlProcess process = EtlProcess.Start(
            _catalogue.Folder,
            [
                "run", "--quiet", .. TestCatalogue.Settings[..2], "--set", $"Etl:Fetch:Locations:0={server.Url}/{{id}}.jpg", .. Columns(),
                "--set", "Etl:Write:BatchSize=1",
            ]);
        await Eventually.Holds(() => _catalogue.Scalar("SELECT count(my_ThumbHash) FROM movies") > Movies / 4);
        process.Kill();
        await process.EndAsync();
    }
}
