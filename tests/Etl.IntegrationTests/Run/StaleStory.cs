using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Etl.IntegrationTests.Run;

/// <summary>The story of a catalogue whose palettes become stale, whatever makes them: five covers are replaced, five are touched, and two
/// palettes come from another program, one of them with another cover too.</summary>
/// <param name="catalogue">The catalogue, without palettes.</param>
/// <param name="run">Runs <c>etl run</c> with a report, <c>report.json</c>, and more arguments.</param>
/// <param name="locations">The settings with the locations of covers for <c>etl status</c>, which runs in this process: whole paths.</param>
internal sealed class StaleStory(TestCatalogue catalogue, Func<string[], Task> run, string[] locations)
{
    public const int Movies = 40;

    private const int Changed = 5, Touched = 5, Foreign = 2, Broken = 2, Ours = Movies - Broken - Foreign;
    private const string ForeignPalette = "[[7, 7, 7]]";
    private static readonly string[] FourColors = ["--set", "Etl:Quantize:ColorCount=4"];

    /// <summary>Tells the story.</summary>
    /// <param name="kill">Starts a run with these arguments and kills it midway.</param>
    public async Task TellAsync(Func<string[], Task> kill)
    {
        File.Copy(catalogue.PathOf("movies.db"), catalogue.PathOf("anew.db"));
        await run([]);
        Assert.Equal((0, 0), await StaleAsync());

        ChangeCovers();
        Assert.Equal((0, Changed), await StaleAsync());
        Assert.Equal((Ours, Changed), await StaleAsync(FourColors));
        Dictionary<string, string> expected = await MakeAnewAsync([]);
        Dictionary<string, string> before = PalettesOf("movies.db");

        await kill(["--stale", "covers"]);
        int made = PalettesOf("movies.db").Count(movie => movie.Value != before[movie.Key]);
        await run(["--stale", "covers"]);
        Dictionary<string, long> totals = catalogue.Report("report.json");
        Assert.Equal((Changed - made, Ours - (Changed - made)), (totals["written"], totals["current"]));
        AssertPalettes(expected);
        Assert.Equal((0, 0), await StaleAsync());

        await run(["--stale", "covers"]);
        totals = catalogue.Report("report.json");
        Assert.Equal((0, Ours), (totals["written"], totals["current"]));

        await run(["--stale", "settings", .. FourColors]);
        totals = catalogue.Report("report.json");
        Assert.Equal((Ours, 0), (totals["written"], totals["current"]));
        AssertPalettes(await MakeAnewAsync(FourColors));
        Assert.Equal((0, 0), await StaleAsync(FourColors));
    }

    private void ChangeCovers()
    {
        string[] covers = [.. Directory.EnumerateFiles(catalogue.PathOf("covers")).Order().Where(IsMade)];
        byte[] other = catalogue.OtherCover();
        covers = [.. covers.Where(cover => !File.ReadAllBytes(cover).AsSpan().SequenceEqual(other))];
        DateTime later = TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(-1); // a fresher file could still be written
        foreach (string cover in covers.Take(Changed + 1))
        {
            File.WriteAllBytes(cover, other);
        }

        foreach (string cover in covers.Take(Changed + 1 + Touched))
        {
            File.SetLastWriteTimeUtc(cover, later);
        }

        foreach (string cover in covers.Skip(Changed).Take(1).Append(covers[^1]))
        {
            catalogue.Execute($"UPDATE movies SET palette_json = '{ForeignPalette}' WHERE id = '{Path.GetFileNameWithoutExtension(cover)}'");
        }
    }

    private bool IsMade(string cover) => catalogue.Scalar(
        $"SELECT count(*) FROM movies WHERE id = '{Path.GetFileNameWithoutExtension(cover)}' AND palette_json <> ''") == 1;

    /// <summary>Palettes of stale settings and of stale covers.</summary>
    private async Task<(int Settings, int Covers)> StaleAsync(params string[] settings)
    {
        EtlOutput status = await EtlCommand.RunAsync(["status", "--stale", "all", "--json", .. catalogue.WholeSettings[..2], .. locations, .. settings]);
        Assert.Equal((0, ""), (status.ExitCode, status.Errors));
        using var json = JsonDocument.Parse(status.Output);
        return (json.RootElement.GetProperty("staleSettings").GetInt32(), json.RootElement.GetProperty("staleCovers").GetInt32());
    }

    /// <summary>The palettes of the covers as they are, made by a run over a catalogue without any.</summary>
    private async Task<Dictionary<string, string>> MakeAnewAsync(string[] settings)
    {
        File.Copy(catalogue.PathOf("anew.db"), catalogue.PathOf("now.db"), overwrite: true);
        await EtlCommand.RunAsync(
            ["run", "--quiet", .. catalogue.WholeSettings, "--set", $"Etl:Query:Database={catalogue.PathOf("now.db")}", .. settings]);
        return PalettesOf("now.db");
    }

    private void AssertPalettes(Dictionary<string, string> expected)
    {
        Dictionary<string, string> actual = PalettesOf("movies.db");
        string[] foreign = [.. actual.Where(static movie => movie.Value == ForeignPalette).Select(static movie => movie.Key)];
        Assert.Equal(Foreign, foreign.Length);
        Assert.Equal(
            expected.Where(movie => !foreign.Contains(movie.Key)).OrderBy(static movie => movie.Key),
            actual.Where(movie => !foreign.Contains(movie.Key)).OrderBy(static movie => movie.Key));
    }

    private Dictionary<string, string> PalettesOf(string database)
    {
        using var connection = new SqliteConnection($"Data Source={catalogue.PathOf(database)};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT id, palette_json FROM movies WHERE palette_json <> ''";
        using SqliteDataReader row = command.ExecuteReader();
        var palettes = new Dictionary<string, string>(StringComparer.Ordinal);
        while (row.Read())
        {
            palettes.Add(row.GetString(0), row.GetString(1));
        }

        return palettes;
    }
}
