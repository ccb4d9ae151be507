using Etl.Demo;
using Etl.Host;
using Etl.Host.Commands;
using Etl.IntegrationTests.Demo;

namespace Etl.IntegrationTests.Commands;

public sealed class DemoFolderTests : DemoTest
{
    [Fact]
    public void Create_AfterALargerDemo_StartsOver()
    {
        DemoFolder.Create(Folder("demo"), movies: 7);
        Query("demo", "UPDATE movies SET palette_json = '[]'");

        DemoFolder.Create(Folder("demo"), movies: 4);

        Assert.Equal(4, Covers("demo").Length);
        Assert.Equal(["4|0"], Query("demo", "SELECT count(*), total(palette_json = '[]') FROM movies"));
    }

    [Fact]
    public void Create_FilesOfOthersInTheFolder_AreLeft()
    {
        DemoFolder.Create(Folder("demo"), movies: 3);
        string[] others = [Path.Combine(Folder("demo"), "notes.txt"), Cover("demo", "9999999.jpg"), Cover("demo", "folder.png")];
        Array.ForEach(others, path => File.WriteAllText(path, "mine"));
        Query("demo", "INSERT INTO movies (id, title) VALUES ('9999999', 'Mine'), ('../notes', 'Mine too')");

        DemoFolder.Create(Folder("demo"), movies: 2);

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

        UserException error = Assert.Throws<UserException>(() => DemoFolder.Create(Folder("demo"), movies: 2));

        Assert.Contains(Database("demo"), error.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(Database("demo")));
    }

    [Fact]
    public void Create_CoverOfAnotherInTheWay_RefusesAndLeavesTheEarlierDemo()
    {
        DemoFolder.Create(Folder("demo"), movies: 2);
        File.WriteAllText(Cover("demo", DemoMovie.IdAt(4) + ".jpg"), "mine");

        Assert.Throws<UserException>(() => DemoFolder.Create(Folder("demo"), movies: 5));

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

        UserException error = Assert.Throws<UserException>(() => DemoFolder.Create(Folder("demo"), movies: 2));

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
        DemoFolder.Create(Folder("other"), movies: 2);
        Directory.CreateDirectory(Folder("demo"));
        File.CreateSymbolicLink(Path.Combine(Folder("demo"), name), Path.Combine(Folder("other"), name));

        Assert.Throws<UserException>(() => DemoFolder.Create(Folder("demo"), movies: 1));

        Assert.Equal(2, Covers("other").Length);
        Assert.Equal([name], Directory.EnumerateFileSystemEntries(Folder("demo")).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("file")]
    [InlineData("file/demo")]
    public void Create_FolderThatCannotBe_IsRefused(string folder)
    {
        File.WriteAllText(Folder("file"), "mine");

        UserException error = Assert.Throws<UserException>(() => DemoFolder.Create(Folder(folder), movies: 1));

        Assert.Equal(2, error.ExitCode);
        Assert.Equal("mine", File.ReadAllText(Folder("file")));
    }

    [Fact]
    public void Create_EarlierDemoKilledBeforeItsFirstCommit_StartsOver()
    {
        Directory.CreateDirectory(Folder("demo"));
        File.WriteAllBytes(Database("demo"), []);

        DemoFolder.Create(Folder("demo"), movies: 2);

        Assert.Equal(["2"], Query("demo", "SELECT count(*) FROM movies"));
    }
}
