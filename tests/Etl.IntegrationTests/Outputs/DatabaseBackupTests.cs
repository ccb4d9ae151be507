using System.Runtime.Versioning;
using Etl.Host.Outputs;
using Etl.Host.Run;
using Etl.IntegrationTests.Commands;
using PaletteEtl.Catalogue;
using PaletteEtl.Hosting;

namespace Etl.IntegrationTests.Outputs;

[UnsupportedOSPlatform("windows")]
public sealed class DatabaseBackupTests : IDisposable
{
    private const UnixFileMode OwnerAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly CatalogueFolder _folder = new CatalogueFolder().WithTable().WithMovie("1", null);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("delete")]
    [InlineData("wal")]
    public void TryCreate_Database_IsCopiedWithItsPermissions(string journalMode)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Files have no mode there.");
        _folder.With($"PRAGMA journal_mode = {journalMode}");
        File.SetUnixFileMode(_folder.Database, OwnerAlone);

        bool copied = DatabaseBackup.TryCreate(Options(_folder.Database), Copy(), CancellationToken.None);

        Assert.True(copied);
        Assert.Equal(OwnerAlone, File.GetUnixFileMode(_folder.PathOf("copy.db")));
        File.Move(_folder.PathOf("copy.db"), _folder.Database, overwrite: true);
        Assert.Equal(["1"], _folder.Query("SELECT id FROM movies WHERE palette_json IS NULL"));
    }

    [Fact]
    public void TryCreate_Stopped_LeavesNothing()
    {
        bool copied = DatabaseBackup.TryCreate(Options(_folder.Database), Copy(), new CancellationToken(canceled: true));

        Assert.False(copied);
        Assert.Equal(["movies.db"], Directory.EnumerateFiles(_folder.PathOf("")).Select(Path.GetFileName));
    }

    [Fact]
    public void TryCreate_NoDatabase_LeavesNothing()
    {
        Assert.Throws<CatalogueException>(
            () => DatabaseBackup.TryCreate(Options(_folder.PathOf("none.db")), Copy(), CancellationToken.None));

        Assert.Equal(["movies.db"], Directory.EnumerateFiles(_folder.PathOf("")).Select(Path.GetFileName));
    }

    private OutputFile Copy() => OutputFile.At("--backup copy.db", _folder.PathOf("copy.db"));

    private static EtlOptions Options(string database) => new() { Query = { Database = database } };
}
