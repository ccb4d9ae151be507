using Etl.Demo;
using Microsoft.Data.Sqlite;
using PaletteEtl.Hosting;
using PaletteEtl.Model;

namespace Etl.IntegrationTests.Demo;

public sealed class DemoCatalogueTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("etl-demo-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

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

    private string Folder(string name) => Path.Combine(_root, name);

    private string Database(string folder) => Path.Combine(Folder(folder), "movies.db");

    private string Cover(string folder, string name) => Path.Combine(Folder(folder), "covers", name);

    private string[] Covers(string folder)
    {
        var covers = new DirectoryInfo(Path.Combine(Folder(folder), "covers"));
        return [.. covers.GetFiles().Select(file => file.Name).Order(StringComparer.Ordinal)];
    }

    /// <summary>The rows of a statement, their values parted by bars.</summary>
    private List<string> Query(string folder, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Database(folder)};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        using SqliteDataReader reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(reader.GetValue)));
        }

        return rows;
    }
}
