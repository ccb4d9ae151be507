using Etl.Demo;
using PaletteEtl.Hosting;
using PaletteEtl.Model;

namespace Etl.IntegrationTests.Demo;

public sealed class DemoCatalogueTests : DemoTest
{
    [Fact]
    public void Create_InTwoFolders_MakesTheSameCatalogue()
    {
        DemoCatalogue.Create(Folder("one"), movies: 13);
        DemoCatalogue.Create(Folder("two"), movies: 13);

        string[] covers = Covers("one");
        Assert.Equal(13, covers.Length);
        Assert.Equal(covers, Covers("two"));
        Assert.All(covers, name => Assert.Equal(File.ReadAllBytes(Cover("one", name)), File.ReadAllBytes(Cover("two", name))));
        Assert.Equal(Query("one", "SELECT * FROM movies"), Query("two", "SELECT * FROM movies"));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(30)]
    public void Create_TwoMoviesOrMore_TwoCoversAreBroken(int movies)
    {
        DemoCatalogue.Create(Folder("demo"), movies);

        var extractor = new PaletteExtractor();
        IEnumerable<FailureReason> reasons = Covers("demo")
            .Select(name => Record.Exception(() => extractor.ExtractFile(Cover("demo", name))))
            .OfType<CoverException>()
            .Select(error => error.Reason);
        Assert.Equal([FailureReason.Truncated, FailureReason.UnsupportedFormat], reasons.OrderBy(reason => reason.ToString()));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Create_FewerThanTwoMovies_NoCoverIsBroken(int movies)
    {
        DemoCatalogue.Create(Folder("demo"), movies);

        Assert.Equal(movies, Covers("demo").Length);
        Assert.All(Covers("demo"), name => Assert.Equal(6, new PaletteExtractor().ExtractFile(Cover("demo", name)).Count));
    }

    [Fact]
    public void Create_FiftyMovies_MostCoversAreJpegAndSomeAreNot()
    {
        DemoCatalogue.Create(Folder("demo"), movies: 50);

        var formats = Covers("demo")
            .CountBy(name => Decoders.FormatOf(File.ReadAllBytes(Cover("demo", name)))!)
            .ToDictionary();
        Assert.Equal(46, formats["JPEG"]);
        Assert.Equal(2, formats["PNG"]);
        Assert.Equal(1, formats["WebP"]);
        Assert.Equal(1, formats["HTML"]);
    }

    [Fact]
    public void Create_AnyNumber_EveryPaletteIsMissingAsNullOrAsEmptyText()
    {
        DemoCatalogue.Create(Folder("demo"), movies: 9);

        Assert.Equal(["3|6"], Query("demo", "SELECT sum(palette_json IS NULL), sum(palette_json = '') FROM movies"));
        Assert.Equal(Covers("demo"), Query("demo", "SELECT id || '.jpg' FROM movies WHERE length(title) > 3 ORDER BY id"));
    }

    [Fact]
    public void IdAt_ManyMovies_AreSevenDigitsAndDistinct()
    {
        string[] ids = [.. Enumerable.Range(0, 100_000).Select(DemoMovie.IdAt)];

        Assert.All(ids, id => Assert.Matches("^[0-9]{7}$", id));
        Assert.Equal(ids.Length, ids.Distinct().Count());
    }
}
