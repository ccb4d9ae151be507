using Etl.Host.Outputs;

namespace Etl.IntegrationTests.Outputs;

public sealed class FilesInUseTests : IDisposable
{
    private readonly OutputFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("movies.db")]
    [InlineData("sub/../movies.db")]
    [InlineData("sub/up/movies.db")]
    [InlineData("database-link")]
    [InlineData("link-of-link")]
    [InlineData("database-twin")]
    public void Claim_DatabaseUnderAnyName_IsRefused(string name) =>
        Assert.Contains("it is the database.", _folder.Refusal(name), StringComparison.Ordinal);

    [Theory]
    [InlineData("movies.db-wal", "movies.db")]
    [InlineData("movies.db-shm", "movies.db")]
    [InlineData("sub/up/movies.db-journal", "movies.db")]
    [InlineData("movies.db-wal", "link-of-link")]
    [InlineData("link-of-link-wal", "link-of-link")]
    public void Claim_FileThatSqliteMayCreate_IsRefused(string name, string database)
    {
        string refusal = _folder.Refusal(name, $"Etl:Query:Database={database}");

        Assert.Contains("it belongs to the database.", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Claim_TwinOfTheWriteAheadLog_IsRefused()
    {
        UnixFile.HardLink(_folder.Write("movies.db-wal", "pages"), _folder["twin"]);

        Assert.Contains("it belongs to the database.", _folder.Refusal("twin"), StringComparison.Ordinal);
    }

    [Fact]
    public void Claim_CrashLogThatDoesNotExistYet_IsRefused() =>
        Assert.Contains("it is the crash log", _folder.Refusal("movies.db-decoding"), StringComparison.Ordinal);

    [Theory]
    [InlineData("movies.db-decoding/17-1")]
    [InlineData("movies.db-decoding/new")]
    [InlineData("sub/up/movies.db-decoding/17-1")]
    public void Claim_FileInTheCrashLog_IsRefused(string name)
    {
        _folder.Write("movies.db-decoding/17-1", "entries");

        Assert.Contains("it is in the crash log", _folder.Refusal(name), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("etl.json")]
    [InlineData("sub/up/etl.json")]
    [InlineData("configuration-twin")]
    public void Claim_ConfigurationFile_IsRefused(string name) =>
        Assert.Contains("it is the configuration file.", _folder.Refusal(name), StringComparison.Ordinal);

    [Fact]
    public void Claim_DefaultConfigurationFileThatIsNotThere_IsRefused()
    {
        File.Delete(_folder["etl.json"]);

        Assert.Contains("it is the configuration file.", _folder.Refusal("etl.json"), StringComparison.Ordinal);
    }

    [Fact]
    public void Claim_FileOfTheAuthority_IsRefused()
    {
        string refusal = _folder.Refusal("sub/other.txt", "Etl:Cluster:CaFile=sub/up/sub/other.txt");

        Assert.Contains("it is the file of Etl:Cluster:CaFile.", refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("report.json")]
    [InlineData("movies.json")]
    [InlineData("movies.db-wal2")]
    [InlineData("sub/other.txt")]
    [InlineData("sub/movies.db")]
    [InlineData("covers/report.json")]
    [InlineData("covers/sub.jpg/report.html")]
    public void Claim_FileOfNobody_IsAcceptedAndNotCreated(string name)
    {
        Directory.CreateDirectory(_folder["covers/sub.jpg"]);
        bool exists = File.Exists(_folder[name]);

        _folder.Claim(name);

        Assert.Equal(exists, File.Exists(_folder[name]));
        Assert.Empty(_folder.Partials);
    }

    [Theory]
    [InlineData("--report", "sub/other.txt", "sub/up/sub/other.txt")]
    [InlineData("--report", "new.json", "sub/up/new.json")]
    [InlineData("--report", "link.json", "sub/new.json")]
    public void Claim_FileOfAnotherOption_IsRefused(string option, string first, string second)
    {
        File.CreateSymbolicLink(_folder["link.json"], "sub/new.json");
        FilesInUse files = _folder.Files();
        files.Claim(option, new FileInfo(_folder[first]));

        string refusal = OutputFolder.Refusal(() => files.Claim("--out", new FileInfo(_folder[second])));

        Assert.Contains($"{option} names it too.", refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("copy.db")]
    [InlineData("sub/up/copy.db")]
    [InlineData("copy.db-wal")]
    [InlineData("copy.db-journal")]
    public void Claim_FileOfTheBackup_IsRefused(string name)
    {
        FilesInUse files = _folder.Files();
        files.ClaimDatabase("--backup", new FileInfo(_folder["copy.db"]));

        string refusal = OutputFolder.Refusal(() => files.Claim("--report", new FileInfo(_folder[name])));

        Assert.Contains("it belongs to the database of --backup.", refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("copy.db")]
    [InlineData("copy.db-wal")]
    [InlineData("copy.db-journal")]
    public void ClaimDatabase_FileOfItIsThere_IsRefused(string existing)
    {
        _folder.Write(existing, "left by another program");

        string refusal = OutputFolder.Refusal(() => _folder.Files().ClaimDatabase("--backup", new FileInfo(_folder["copy.db"])));

        Assert.Contains(" exists already. Name a file that does not exist.", refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Args:path", "movies.db", "it is the database")]
    [InlineData("Args:path", "sub/up/covers/2.jpg", "it is, or would be, a cover")]
    [InlineData("Args:configureLogger:WriteTo:0:Args:path", "configuration-twin", "it is the configuration file")]
    public void Of_LogIsAnInput_IsRefused(string argument, string path, string cause)
    {
        string refusal = OutputFolder.Refusal(() => _folder.Files($"Serilog:WriteTo:0:{argument}={path}"));

        Assert.StartsWith($"Serilog:WriteTo:0:{argument} ", refusal, StringComparison.Ordinal);
        Assert.Contains($": {cause}", refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("log.txt")]
    [InlineData("sub/up/log.txt")]
    [InlineData("log20260131.txt")]
    [InlineData("log_001.txt")]
    [InlineData("log2026013112_002.txt")]
    public void Claim_FileOfTheLog_IsRefused(string name)
    {
        string refusal = _folder.Refusal(name, "Serilog:WriteTo:0:Args:path=log.txt");

        Assert.Contains("Serilog:WriteTo:0:Args:path writes the log there.", refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("log2.txt")]
    [InlineData("sub/log.txt")]
    [InlineData("logs.txt")]
    public void Claim_FileBesideTheLog_IsAccepted(string name) =>
        Assert.NotNull(_folder.Claim(name, "Serilog:WriteTo:0:Args:path=log.txt"));
}
