namespace Etl.IntegrationTests.Run;

/// <summary>Tables of which some rows are movies.</summary>
public sealed class FilterTests : IDisposable
{
    private const int Movies = 10;

    private readonly TestCatalogue _catalogue = new(Movies);

    public FilterTests() => _catalogue.Execute("ALTER TABLE movies ADD COLUMN kind TEXT; UPDATE movies SET kind = iif(rowid <= 4, 'movie', 'tv')");

    public void Dispose() => _catalogue.Dispose();

    [Fact]
    public async Task Commands_Filter_SeeTheMoviesThatPass()
    {
        string[] settings = [.. _catalogue.WholeSettings, "--set", "Etl:Query:Where=kind = 'movie'"];

        EtlOutput validate = await EtlCommand.RunAsync(["validate", .. settings]);
        EtlOutput dry = await EtlCommand.RunAsync(["run", "--quiet", "--dry-run", "--report", _catalogue.PathOf("dry.json"), .. settings]);
        await EtlCommand.RunAsync(["run", "--quiet", "--report", _catalogue.PathOf("report.json"), .. settings]);
        EtlOutput status = await EtlCommand.RunAsync(["status", "--json", .. settings]);

        Assert.Equal((0, 0), (validate.ExitCode, status.ExitCode));
        Assert.Contains("4 palettes were written and rolled back", validate.Output, StringComparison.Ordinal);
        Assert.Equal((4, 4), (_catalogue.Report("dry.json")["read"], _catalogue.Report("report.json")["read"]));
        Assert.Contains("\"movies\":4,", status.Output, StringComparison.Ordinal);
        Assert.Equal(0, _catalogue.Scalar("SELECT count(*) FROM movies WHERE kind = 'tv' AND palette_json <> ''"));
    }

    [Fact]
    public async Task Run_OrderAndLimit_FillsTheFirstOfTheOrder()
    {
        string wanted = _catalogue.Text("SELECT group_concat(id) FROM (SELECT id FROM movies ORDER BY title DESC LIMIT 3)");

        EtlOutput run = await EtlCommand.RunAsync(["run", "--quiet", "--limit", "3", .. _catalogue.WholeSettings, "--set", "Etl:Query:OrderBy=title desc"]);

        Assert.Contains(run.ExitCode, (int[])[0, 3]);
        Assert.Equal(wanted, _catalogue.Text("""
            SELECT group_concat(id) FROM (
                SELECT id FROM movies WHERE palette_json <> '' OR id IN (SELECT movie_id FROM etl_dead_letters) ORDER BY title DESC)
            """));
    }

    [Fact]
    public async Task Run_FilterOfAColumnThatIsNotThere_IsRefusedInOneLine()
    {
        EtlOutput run = await EtlCommand.RunAsync(["run", "--quiet", .. _catalogue.WholeSettings, "--set", "Etl:Query:Where=kin = 1"]);

        Assert.Equal(1, run.ExitCode);
        Assert.Equal(
            "etl: Table movies in movies.db has no column kin, only id, title, year, palette_json, kind. Set Etl:Query:Where.",
            run.Errors.TrimEnd().Replace(_catalogue.Folder + Path.DirectorySeparatorChar, "", StringComparison.Ordinal).Replace(", plot_vector_json", "", StringComparison.Ordinal));
    }
}
