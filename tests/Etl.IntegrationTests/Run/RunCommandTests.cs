namespace Etl.IntegrationTests.Run;

public sealed class RunCommandTests : IDisposable
{
    private readonly TestCatalogue _catalogue = new(movies: 40);

    public void Dispose() => _catalogue.Dispose();

    [Fact]
    public async Task Run_TwoBrokenCoversInAProcess_WritesTheRestAndEndsWithThree()
    {
        EtlOutput run = await EtlProcess.RunAsync(_catalogue.Folder, ["run", .. TestCatalogue.Settings, "--report", "report.json"]);

        Assert.Equal(3, run.ExitCode);
        Assert.Equal(2, _catalogue.Missing);
        Assert.Equal(2, _catalogue.Scalar("SELECT count(*) FROM etl_dead_letters"));
        Dictionary<string, long> totals = _catalogue.Report("report.json");
        Assert.Equal((40, 38, 2), (totals["read"], totals["written"], totals["deadLetters"]));
        Assert.Contains("read 40 = written 38 + dead letters 2 + superseded 0 + skipped 0 + abandoned 0", run.Output, StringComparison.Ordinal);
        Assert.Contains("limits this run", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_AgainWithNothingChanged_SkipsTheBrokenOnes()
    {
        await RunAsync();

        EtlOutput again = await RunAsync("--report", _catalogue.PathOf("report.json"));

        Assert.Equal(3, again.ExitCode);
        Assert.Equal(2, _catalogue.Report("report.json")["skipped"]);
    }

    [Fact]
    public async Task Run_BrokenCoversReplaced_EndsWithZeroAndNoDeadLetters()
    {
        await RunAsync();
        string good = Directory.EnumerateFiles(_catalogue.PathOf("covers")).OrderBy(path => new FileInfo(path).Length).Last();
        foreach (string cover in Directory.EnumerateFiles(_catalogue.PathOf("covers")).Where(path => path != good))
        {
            File.Copy(good, cover, overwrite: true);
        }

        EtlOutput again = await RunAsync();
        EtlOutput nothingLeft = await RunAsync();

        Assert.Equal((0, 0), (again.ExitCode, nothingLeft.ExitCode));
        Assert.Equal((0, 0), (_catalogue.Missing, _catalogue.Scalar("SELECT count(*) FROM etl_dead_letters")));
        Assert.Contains("No palette was missing.", nothingLeft.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Etl=Error", false)] // as the library's namespace was named before
    [InlineData("PaletteEtl=Error", false)]
    [InlineData("Etl.Host=Error", true)]
    public async Task Run_LevelOfANamespace_HoldsForTheLibrary(string level, bool isTold)
    {
        EtlOutput run = await RunAsync("--progress", "log", "--set", $"Serilog:MinimumLevel:Override:{level}");

        Assert.Equal(isTold, run.Errors.Contains("became dead letters", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_Limit_ReadsThatManyMovies()
    {
        EtlOutput run = await RunAsync("--limit", "7", "--report", _catalogue.PathOf("report.json"));

        Assert.Equal(7, _catalogue.Report("report.json")["read"]);
        Assert.Contains(" read 7 = ", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "--ids", "{0},{1}")]
    [InlineData(2, "--id", "{0}", "--id", "{1}")]
    [InlineData(2, "--ids", "{0}", "--id", "{1}")]
    [InlineData(1, "--ids", "{0},{1}", "--limit", "1")]
    [InlineData(1, "--id", "{1}")]
    public async Task Run_Ids_ReadsTheseMoviesAlone(int read, params string[] arguments)
    {
        string[] ids = [IdAt(30), IdAt(20)];

        EtlOutput run = await RunAsync(
            [.. arguments.Select(argument => argument.Replace("{0}", ids[0], StringComparison.Ordinal).Replace("{1}", ids[1], StringComparison.Ordinal)),
                "--report", _catalogue.PathOf("report.json")]);

        Assert.Equal(read, _catalogue.Report("report.json")["read"]);
        Assert.DoesNotContain("No movie", run.Errors);
        Assert.Equal(40 - read, _catalogue.Missing);
    }

    [Fact]
    public async Task Run_IdsThatNoMovieHas_WarnsOfThem()
    {
        EtlOutput run = await RunAsync("--ids", $"none,{IdAt(30)}", "--id", "a, b", "--progress", "log");

        Assert.Contains("No movie whose palette is missing has the id none.", run.Errors);
        Assert.Contains("No movie whose palette is missing has the id a, b.", run.Errors);
        Assert.DoesNotContain(IdAt(30), run.Errors);
    }

    private string IdAt(int row) => _catalogue.Text($"SELECT id FROM movies ORDER BY rowid LIMIT 1 OFFSET {row}");

    [Fact]
    public async Task Run_DryRun_WritesNothing()
    {
        byte[] before = await File.ReadAllBytesAsync(_catalogue.PathOf("movies.db"), TestContext.Current.CancellationToken);

        EtlOutput run = await RunAsync("--dry-run");

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("read 40 = would write 38 + dead letters 2", run.Output, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(_catalogue.PathOf("movies.db"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Run_Backup_CopiesTheDatabaseAsItWas()
    {
        EtlOutput run = await RunAsync("--backup", _catalogue.PathOf("before.db"));
        EtlOutput again = await RunAsync("--backup", _catalogue.PathOf("before.db"));

        Assert.Equal((3, 2), (run.ExitCode, again.ExitCode));
        Assert.Contains("exists already", again.Errors, StringComparison.Ordinal);
        File.Move(_catalogue.PathOf("before.db"), _catalogue.PathOf("movies.db"), overwrite: true);
        Assert.Equal(40, _catalogue.Missing);
        Assert.Empty(Directory.EnumerateFiles(_catalogue.Folder, "*.partial"));
    }

    [Fact]
    public async Task Run_ReportIsALink_WritesToWhatItPointsTo()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a privilege there.");
        await File.WriteAllTextAsync(_catalogue.PathOf("real.json"), "", TestContext.Current.CancellationToken);
        File.CreateSymbolicLink(_catalogue.PathOf("link.json"), _catalogue.PathOf("real.json"));

        await RunAsync("--report", _catalogue.PathOf("link.json"));

        Assert.NotNull(new FileInfo(_catalogue.PathOf("link.json")).LinkTarget);
        Assert.Equal(40, _catalogue.Report("real.json")["read"]);
    }

    [Fact]
    public async Task Run_Quiet_ShowsWarningsAlone()
    {
        EtlOutput run = await RunAsync("--quiet");

        Assert.Empty(run.Output);
        Assert.DoesNotContain("INF", run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("2")]
    public async Task Run_AsManyDeadLettersAsAllowed_EndsWithFour(string allowed)
    {
        EtlOutput run = await RunAsync("--set", $"Etl:MaxDeadLetters={allowed}");

        Assert.Equal(4, run.ExitCode);
        Assert.Contains("etl: ", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "Etl:Query:Database={folder}/absent.db", "absent.db does not exist. Set Etl:Query:Database.")]
    [InlineData(1, "Etl:Query:Database={folder}/covers/0114709.jpg", "is not a SQLite database")]
    [InlineData(1, "Etl:Query:Table=films", "has no table films")]
    [InlineData(1, "Etl:Query:PaletteColumn=colours", "has no column colours")]
    [InlineData(2, "Etl:Write:BatchSize=0", "Etl:Write:BatchSize")]
    [InlineData(2, "Etl:Wirte:BatchSize=1", "did you mean Etl:Write:BatchSize")]
    public async Task Run_UnusableSetting_EndsWithOneClearLine(int code, string setting, string message)
    {
        EtlOutput run = await RunAsync("--progress", "none", "--set", setting.Replace("{folder}", _catalogue.Folder, StringComparison.Ordinal));

        Assert.Equal(code, run.ExitCode);
        Assert.Contains(message, run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Errors, StringComparison.Ordinal);
        Assert.Equal(40, _catalogue.Missing);
    }

    [Fact]
    public async Task Run_OklabWithPopulation_WritesPalettesAndTheirShares()
    {
        _catalogue.Execute("ALTER TABLE movies ADD COLUMN shares TEXT");
        string[] options = ["--set", "Etl:Quantize:Algorithm=Oklab", "--set", "Etl:Quantize:PopulationColumn=shares"];

        EtlOutput run = await RunAsync(options);

        Assert.Equal(3, run.ExitCode);
        Assert.Equal(38, _catalogue.Scalar("SELECT count(*) FROM movies WHERE json_array_length(nullif(palette_json, '')) = 6"));
        Assert.Equal(38, _catalogue.Scalar(
            "SELECT count(*) FROM movies WHERE json_array_length(shares) = 6 AND (SELECT abs(sum(value) - 1) < 0.001 FROM json_each(shares))"));
        Assert.Equal(2, _catalogue.Scalar("SELECT count(*) FROM movies WHERE coalesce(palette_json, '') = '' AND shares IS NULL"));
    }

    [Theory]
    [InlineData("--limit", "0")]
    [InlineData("--limit", "many")]
    [InlineData("--progress", "loud")]
    [InlineData("--report", "{folder}/absent/report.json")]
    [InlineData("--report", "{folder}/covers")]
    [InlineData("--backup", "{folder}/covers")]
    [InlineData("--config", "")]
    [InlineData("--backup", "{folder}/absent/movies.db")]
    [InlineData("--config", "{folder}/absent.json")]
    [InlineData("--nonsense", "1")]
    public async Task Run_WrongArgument_EndsWithTwoBeforeAnythingIsWritten(string option, string value)
    {
        EtlOutput run = await RunAsync(option, value.Replace("{folder}", _catalogue.Folder, StringComparison.Ordinal));

        Assert.Equal(2, run.ExitCode);
        Assert.NotEmpty(run.Errors);
        Assert.DoesNotContain("Etl.Host", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Errors, StringComparison.Ordinal);
        Assert.Equal(40, _catalogue.Missing);
    }

    private Task<EtlOutput> RunAsync(params string[] arguments) => EtlCommand.RunAsync(["run", .. _catalogue.WholeSettings, .. arguments]);
}
