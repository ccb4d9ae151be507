using Etl.Host;
using Etl.Host.Demo;
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
    public void Create_AfterALargerDemo_StartsOver()
    {
        DemoCatalogue.Create(Folder("demo"), movies: 7);
        Query("demo", "UPDATE movies SET palette_json = '[]'");

        DemoCatalogue.Create(Folder("demo"), movies: 4);

        Assert.Equal(4, Covers("demo").Length);
        Assert.Equal(["4|0"], Query("demo", "SELECT count(*), total(palette_json = '[]') FROM movies"));
    }

    [Fact]
    public void Create_FilesOfOthersInTheFolder_AreLeft()
    {
        DemoCatalogue.Create(Folder("demo"), movies: 3);
        string[] others = [Path.Combine(Folder("demo"), "notes.txt"), Cover("demo", "9999999.jpg"), Cover("demo", "folder.png")];
        Array.ForEach(others, path => File.WriteAllText(path, "mine"));
        Query("demo", "INSERT INTO movies (id, title) VALUES ('9999999', 'Mine'), ('../notes', 'Mine too')");

        DemoCatalogue.Create(Folder("demo"), movies: 2);

        Assert.All(others, path => Assert.Equal("mine", File.ReadAllText(path)));
    }

    [Theory]
    [InlineData("not a database, but somebody's work all the same")]
    [InlineData(null)]
    public void Create_DatabaseOfAnother_RefusesAndLeavesIt(string? text)
    {
        Directory.CreateDirectory(Folder("demo"));
        if (text is null)
        {
            Query("demo", "CREATE TABLE movies (id TEXT)");
        }
        else
        {
            File.WriteAllText(Database("demo"), text);
        }

        byte[] before = File.ReadAllBytes(Database("demo"));

        UserException error = Assert.Throws<UserException>(() => DemoCatalogue.Create(Folder("demo"), movies: 2));

        Assert.Contains(Database("demo"), error.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(Database("demo")));
    }

    [Fact]
    public void Create_CoverOfAnotherInTheWay_RefusesAndLeavesTheEarlierDemo()
    {
        DemoCatalogue.Create(Folder("demo"), movies: 2);
        File.WriteAllText(Cover("demo", DemoMovie.IdAt(4) + ".jpg"), "mine");

        Assert.Throws<UserException>(() => DemoCatalogue.Create(Folder("demo"), movies: 5));

        Assert.Equal("mine", File.ReadAllText(Cover("demo", DemoMovie.IdAt(4) + ".jpg")));
        Assert.Equal(["2"], Query("demo", "SELECT count(*) FROM movies"));
    }

    [Theory]
    [InlineData("movies.db-wal")]
    [InlineData("movies.db-journal")]
    [InlineData("covers")]
    public void Create_FileOfAnotherInTheWay_RefusesAndLeavesIt(string name)
    {
        Directory.CreateDirectory(Folder("demo"));
        File.WriteAllText(Path.Combine(Folder("demo"), name), "mine");

        UserException error = Assert.Throws<UserException>(() => DemoCatalogue.Create(Folder("demo"), movies: 2));

        Assert.Equal(2, error.ExitCode);
        Assert.Equal(
            $"--directory cannot be written: {Path.Combine(Folder("demo"), name)} was not created by the demo. Name another folder.", error.Message);
        Assert.Equal([name], Directory.EnumerateFileSystemEntries(Folder("demo")).Select(Path.GetFileName));
        Assert.Equal("mine", File.ReadAllText(Path.Combine(Folder("demo"), name)));
    }

    [Theory]
    [InlineData("movies.db")]
    [InlineData("covers")]
    public void Create_LinkToTheFilesOfAnotherDemo_RefusesAndLeavesThem(string name)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a privilege there.");
        DemoCatalogue.Create(Folder("other"), movies: 2);
        Directory.CreateDirectory(Folder("demo"));
        File.CreateSymbolicLink(Path.Combine(Folder("demo"), name), Path.Combine(Folder("other"), name));

        Assert.Throws<UserException>(() => DemoCatalogue.Create(Folder("demo"), movies: 1));

        Assert.Equal(2, Covers("other").Length);
        Assert.Equal([name], Directory.EnumerateFileSystemEntries(Folder("demo")).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("file")]
    [InlineData("file/demo")]
    public void Create_FolderThatCannotBe_IsRefused(string folder)
    {
        Directory.CreateDirectory(_root);
        File.WriteAllText(Path.Combine(_root, "file"), "mine");

        UserException error = Assert.Throws<UserException>(() => DemoCatalogue.Create(Path.Combine(_root, folder), movies: 1));

        Assert.Equal(2, error.ExitCode);
        Assert.Equal("mine", File.ReadAllText(Path.Combine(_root, "file")));
    }

    [Fact]
    public void Create_EarlierDemoKilledBeforeItsFirstCommit_StartsOver()
    {
        Directory.CreateDirectory(Folder("demo"));
        File.WriteAllBytes(Database("demo"), []);

        DemoCatalogue.Create(Folder("demo"), movies: 2);

        Assert.Equal(["2"], Query("demo", "SELECT count(*) FROM movies"));
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
