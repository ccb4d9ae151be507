using System.Runtime.Versioning;
using Etl.Host.Outputs;
using Etl.Host.Run;
using Etl.IntegrationTests.Commands;
using Microsoft.Data.Sqlite;
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
    public async Task TryCreateAsync_Database_IsCopiedWithItsPermissions(string journalMode)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Files have no mode there.");
        _folder.With($"PRAGMA journal_mode = {journalMode}");
        File.SetUnixFileMode(_folder.Database, OwnerAlone);

        bool copied = await DatabaseBackup.TryCreateAsync(Options(_folder.Database), Copy(), CancellationToken.None);

        Assert.True(copied);
        Assert.Equal(OwnerAlone, File.GetUnixFileMode(_folder.PathOf("copy.db")));
        File.Move(_folder.PathOf("copy.db"), _folder.Database, overwrite: true);
        Assert.Equal(["1"], _folder.Query("SELECT id FROM movies WHERE palette_json IS NULL"));
    }

    [Fact]
    public async Task TryCreateAsync_Stopped_LeavesNothing()
    {
        bool copied = await DatabaseBackup.TryCreateAsync(Options(_folder.Database), Copy(), new CancellationToken(canceled: true));

        Assert.False(copied);
        Assert.Equal(["movies.db"], Directory.EnumerateFiles(_folder.PathOf("")).Select(Path.GetFileName));
    }

    [Fact]
    public async Task TryCreateAsync_NoDatabase_LeavesNothing()
    {
        await Assert.ThrowsAsync<CatalogueException>(
            () => DatabaseBackup.TryCreateAsync(Options(_folder.PathOf("none.db")), Copy(), CancellationToken.None));

        Assert.Equal(["movies.db"], Directory.EnumerateFiles(_folder.PathOf("")).Select(Path.GetFileName));
    }

    [Fact]
    public async Task TryCreateAsync_StoppedWhileTheDatabaseIsLocked_DoesNotWaitForTheLock()
    {
        using var other = new SqliteConnection($"Data Source={_folder.Database};Pooling=False");
        other.Open();
        using SqliteTransaction exclusive = other.BeginTransaction(deferred: false);
        using var stopping = new CancellationTokenSource();
        EtlOptions options = Options(_folder.Database);
        options.Write.BusyTimeout = TimeSpan.FromHours(1);

        Task<bool> copying = DatabaseBackup.TryCreateAsync(options, Copy(), stopping.Token);
        bool waited = !copying.IsCompleted;
        await stopping.CancelAsync();

        Assert.False(await copying.WaitAsync(TestTimeout));
        Assert.True(waited);
        Assert.Empty(Directory.EnumerateFiles(_folder.PathOf(""), "copy*"));
    }

    private OutputFile Copy() => OutputFile.At("--backup copy.db", _folder.PathOf("copy.db"));

    private static EtlOptions Options(string database) => new() { Query = { Database = database } };
}
