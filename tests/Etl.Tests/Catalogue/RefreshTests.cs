using PaletteEtl.Catalogue;
using PaletteEtl.Model;
using PaletteEtl.Palettes;

namespace Etl.Tests.Catalogue;

/// <summary>Palettes that are made again: which ones are read, and that only the recorded palette is replaced.</summary>
public sealed class RefreshTests : IDisposable
{
    private static readonly Palette Old = new(new Rgb(1, 2, 3));
    private static readonly Palette New = new(new Rgb(4, 5, 6));
    private static readonly UInt128 Content = new(1, 2);
    private static readonly CoverVersion Version = new(Size: 42, DateTimeOffset.UnixEpoch, ETag: null);
    private static readonly CoverVersion Touched = Version with { Modified = DateTimeOffset.UnixEpoch.AddHours(1) };

    private readonly TestCatalogue _catalogue = new(
        "CREATE TABLE movies (id, palette_json); INSERT INTO movies (id) VALUES ('a'), ('b'), ('c')");

    public RefreshTests()
    {
        Movie[] missing = [.. _catalogue.Missing()];
        _catalogue.Write(Made(missing[0], Old), Made(missing[1], Old));
        _catalogue.Options.Quantize.ColorCount = 7;
        _catalogue.Write(Made(missing[2], Old)); // the only one with today's settings
        _catalogue.Execute(
            """
            INSERT INTO movies VALUES ('foreign', '[[7, 7, 7]]'), ('missing', NULL), ('replaced', ''), ('emptied', ''), ('title', 'Heat');
            """);
        _catalogue.Options.Query.AllowForeignValues = true;
        foreach (Movie movie in _catalogue.Missing())
        {
            if (movie.Id.Text is "replaced" or "emptied")
            {
                _catalogue.Write(Made(movie, Old));
            }
        }

        _catalogue.Execute(
            "UPDATE movies SET palette_json = '[[8, 8, 8]]' WHERE id = 'replaced'; UPDATE movies SET palette_json = '' WHERE id = 'emptied'");
    }

    public void Dispose() => _catalogue.Dispose();

    [Theory]
    [InlineData(RefreshKind.None, false, "missing emptied")]
    [InlineData(RefreshKind.None, true, "missing emptied")]
    [InlineData(RefreshKind.Settings, false, "missing emptied a b")]
    [InlineData(RefreshKind.Covers, false, "missing emptied a b c")]
    [InlineData(RefreshKind.All, false, "missing emptied a b c")]
    [InlineData(RefreshKind.Settings, true, "missing emptied a b foreign replaced")]
    [InlineData(RefreshKind.All, true, "missing emptied a b c foreign replaced")]
    public void ReadMissing_Refreshing_ReadsTheMissingAndThenThoseThatMayBeMadeAgain(RefreshKind kind, bool adopt, string ids)
    {
        (_catalogue.Options.Query.Refresh, _catalogue.Options.Query.Adopt) = (kind, adopt);

        IReadOnlyList<Movie> movies = _catalogue.Missing();

        Assert.Equal(ids, string.Join(' ', movies.Select(static movie => movie.Id.Text)));
        Assert.Equal(movies.Count, _catalogue.Source().CountMissing(CancellationToken.None));
        Assert.All(movies, static movie => Assert.Equal(movie.Id.Text is "missing" or "emptied", movie.Provenance is null));
    }

    [Theory]
    [InlineData(RefreshKind.Covers, false)]
    [InlineData(RefreshKind.All, true)]
    public void ReadMissing_MadeWithOtherSettings_WantsAnyCoverIfSettingsCount(RefreshKind kind, bool isOutdated)
    {
        _catalogue.Options.Query.Refresh = kind;

        var movies = _catalogue.Missing().Where(static movie => movie.Provenance is not null).ToDictionary(static movie => movie.Id.Text!);

        Assert.Equal(isOutdated ? null : Version, movies["a"].KnownVersion);
        Assert.Equal(!isOutdated, movies["a"].Provenance!.IsOf(Content));
        Assert.Equal(Version, movies["c"].KnownVersion);
        Assert.True(movies["c"].Provenance!.IsOf(Content));
        Assert.False(movies["c"].Provenance!.IsOf(Content + 1));
    }

    [Fact]
    public void ReadMissing_FailedWithTheNewCover_KnowsThatVersion()
    {
        Movie movie = Refreshed("a");
        _catalogue.Write(new Item<Movie>(movie, movie).Failed<Palette>(new(StageNames.Decode, FailureReason.Corrupt, "It is corrupt.", Touched)));

        Assert.Equal(Touched, Refreshed("a").KnownVersion);
        Assert.Equal("[[1, 2, 3]]", Stored("a"));
        Assert.Equal(["a"], _catalogue.Catalogue.DeadLetters.Read().Select(static letter => letter.MovieId.Text));
    }

    [Fact]
    public void CountOutdated_SomeMadeWithOtherSettings_CountsOursAlone()
    {
        Assert.Equal(2, _catalogue.Catalogue.Provenance.CountOutdated());
        _catalogue.Options.Quantize.ColorCount = 6;
        Assert.Equal(1, _catalogue.Catalogue.Provenance.CountOutdated());
        _catalogue.Options.Quantize.ColorCount = 5; // no palette was made with it
        Assert.Equal(3, _catalogue.Catalogue.Provenance.CountOutdated());
    }

    [Fact]
    public void Write_RecordedPalette_IsReplacedWithItsProvenance()
    {
        Movie movie = Refreshed("a");

        BatchResult result = _catalogue.Write(Made(movie, New, Touched));

        Assert.Equal(new BatchResult { Written = 1 }, result);
        Assert.Equal("[[4, 5, 6]]", Stored("a"));
        Assert.Equal(1, _catalogue.Catalogue.Provenance.CountOutdated());
        Assert.Equal(Touched, Refreshed("a", RefreshKind.Covers).KnownVersion);
    }

    [Theory]
    [InlineData("UPDATE movies SET palette_json = '[[9, 9, 9]]' WHERE id = 'a'", "[[9, 9, 9]]")] // by another program
    [InlineData("UPDATE movies SET palette_json = 'null' WHERE id = 'a'", "null")]
    [InlineData("UPDATE movies SET palette_json = '[[1, 2,3]]' WHERE id = 'a'", "[[1, 2,3]]")] // the same colours in other words
    [InlineData("DELETE FROM movies WHERE id = 'a'", null)]
    public void Write_PaletteIsReplacedMeanwhile_StaysAndIsSuperseded(string meanwhile, string? stored)
    {
        Movie movie = Refreshed("a");
        _catalogue.Execute(meanwhile);

        BatchResult result = _catalogue.Write(Made(movie, New, Touched));

        Assert.Equal(new BatchResult { Superseded = 1 }, result);
        Assert.Equal(stored, Stored("a"));
    }

    [Fact]
    public void Write_PaletteIsEmptiedMeanwhile_IsFilled()
    {
        Movie movie = Refreshed("a");
        _catalogue.Execute("UPDATE movies SET palette_json = NULL WHERE id = 'a'");

        Assert.Equal(1, _catalogue.Write(Made(movie, New)).Written);
        Assert.Equal("[[4, 5, 6]]", Stored("a"));
    }

    [Theory]
    [InlineData("ABORT")]
    [InlineData("IGNORE")]
    [InlineData("ROLLBACK")]
    public void Write_DatabaseRefusesTheNewPalette_KeepsTheOldOneAndSaysSo(string raise)
    {
        string what = raise == "IGNORE" ? raise : $"{raise}, 'no'";
        _catalogue.Execute($"CREATE TRIGGER no BEFORE UPDATE ON movies BEGIN SELECT RAISE({what}); END");

        BatchResult result = _catalogue.Write(Made(Refreshed("a"), New));

        Assert.Equal(new BatchResult { DeadLetters = 1, Rejected = 1 }, result);
        Assert.Equal("[[1, 2, 3]]", Stored("a"));
        Assert.Equal(2, _catalogue.Catalogue.Provenance.CountOutdated());
    }

    [Fact]
    public void Write_CoverWasTouchedOnly_NotesItsVersionAndKeepsThePalette()
    {
        Movie movie = Refreshed("c", RefreshKind.Covers);

        BatchResult result = _catalogue.Write(new Item<Movie>(movie, movie).Current<Palette>(Touched));

        Assert.Equal(new BatchResult { Current = 1 }, result);
        Movie next = Refreshed("c", RefreshKind.Covers);
        Assert.Equal(Touched, next.KnownVersion);
        Assert.True(next.Provenance!.IsOf(Content));
        Assert.Equal("[[1, 2, 3]]", Stored("c"));
    }

    [Fact]
    public void Write_AdoptedPalette_IsReplacedAndOurs()
    {
        _catalogue.Options.Query.Adopt = true;
        Movie movie = Refreshed("foreign");

        Assert.Equal(1, _catalogue.Write(Made(movie, New)).Written);
        _catalogue.Options.Query.Adopt = false;
        Assert.Equal(("[[4, 5, 6]]", Version), (Stored("foreign"), Refreshed("foreign", RefreshKind.Covers).KnownVersion));
    }

    [Fact]
    public void ReadMissing_NoProvenanceYet_ReadsAdoptedPalettesAlone()
    {
        using var earlier = new TestCatalogue("CREATE TABLE movies (id, palette_json); INSERT INTO movies VALUES (1, '[[1, 2, 3]]'), (2, '[]'), (3, NULL)");
        earlier.Options.Query.Refresh = RefreshKind.All;

        Assert.Equal([3L], earlier.Missing().Select(static movie => movie.Id.Stored));
        earlier.Options.Query.Adopt = true;
        Assert.Equal([3L, 1L], earlier.Missing().Select(static movie => movie.Id.Stored));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ReadMissing_FilterAndCoverColumn_HoldForPalettesThatAreMadeAgain(bool hasDeadLetters)
    {
        using var catalogue = new TestCatalogue(
            "CREATE TABLE movies (id, kind, poster, palette_json); INSERT INTO movies VALUES (1, 'movie', '/a.jpg', NULL), (2, 'movie', NULL, NULL), (3, 'tv', '/c.jpg', NULL)");
        catalogue.Write([.. catalogue.Missing().Select(static movie => Made(movie, Old))]);
        if (hasDeadLetters)
        {
            catalogue.WithDeadLetters("1");
        }

        QueryOptions query = catalogue.Options.Query;
        (query.CoverColumn, query.Where, query.Refresh) = ("poster", "kind = 'movie'", RefreshKind.Covers);

        Assert.Equal(
            [(1L, "/a.jpg", hasDeadLetters), (2L, "", false)],
            catalogue.Missing().Select(static movie => ((long)movie.Id.Stored!, movie.Location!, movie.Previous is not null)));
        catalogue.Options.Quantize.ColorCount = 7;
        Assert.Equal(2, catalogue.Catalogue.Provenance.CountOutdated());
    }

    private static Item<Palette> Made(Movie movie, Palette palette, CoverVersion? version = null) =>
        new(movie, palette, version ?? Version) { Content = Content };

    private Movie Refreshed(string id, RefreshKind kind = RefreshKind.All)
    {
        _catalogue.Options.Query.Refresh = kind;
        return _catalogue.Missing().Single(movie => movie.Id.Text == id && movie.Provenance is not null);
    }

    private string? Stored(string id) => _catalogue.Query($"SELECT palette_json FROM movies WHERE id = '{id}'") is [[string palette]] ? palette : null;
}
