using Etl.Host.Recovery;
using PaletteEtl.Model;

namespace Etl.IntegrationTests.Recovery;

/// <summary>A log that is disposed with an entry remains, like that of a killed process.</summary>
public sealed class CrashLogTests : IDisposable
{
    private static readonly MovieId One = new("0114709"), Two = new(322259L), Three = new("三");

    private readonly string _folder = Directory.CreateTempSubdirectory("etl-crash-log-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Open_LogsOfEndedProcesses_MakesTheirMoviesSuspects()
    {
        Abandon(One, Two);
        Abandon(Three);

        using CrashLog log = CreateLog();

        Assert.Equal(3, log.Open());
        Assert.All([One, Two, Three], id => Assert.Equal(new CrashLogEntry(MovieKey.Of(id)), log.Find(id)));
        Assert.Null(log.Find(new("another")));
        Assert.Single(Files());
    }

    [Fact]
    public void Open_LogOfARunningProcess_IsLeftAlone()
    {
        using CrashLog running = CreateLog();
        running.Open();
        using CrashLog.DecodeScope scope = running.Enter(One);

        using CrashLog log = CreateLog();

        Assert.Equal(0, log.Open());
        Assert.Null(log.Find(One));
        Assert.Equal(2, Files().Length);
    }

    [Fact]
    public void Open_OthersStartAndEndMeanwhile_Succeeds() => Parallel.For(0, 1_000, _ =>
    {
        using CrashLog log = CreateLog();
        Assert.Equal(0, log.Open());
    });

    [Fact]
    public void Dispose_FolderWasRemoved_Succeeds()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows deletes no open file.");
        using CrashLog log = CreateLog();
        log.Open();
        log.Enter(One).Dispose();

        Directory.Delete(Path.GetDirectoryName(Files().Single())!, recursive: true);
        log.Dispose();

        Assert.False(log.IsOpen);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));
    }

    [Fact]
    public void Dispose_EverythingDecoded_LeavesNothingBehind()
    {
        using (CrashLog log = CreateLog())
        {
            log.Open();
            log.Enter(One).Dispose();
        }

        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));
    }

    [Fact]
    public void Enter_AfterAnotherLeft_TakesItsSlot()
    {
        using CrashLog log = CreateLog();
        log.Open();
        for (int i = 0; i < 100; i++)
        {
            log.Enter(new($"movie {i}")).Dispose();
        }

        Assert.Equal(CrashLogEntry.Bytes, new FileInfo(Assert.Single(Files())).Length);
    }

    [Fact]
    public void Remove_OneOfTwoSuspects_LeavesTheOtherToTheNextProcess()
    {
        Abandon(One, Two);
        using (CrashLog log = CreateLog())
        {
            log.Open();
            log.Remove(One);
        }

        using CrashLog next = CreateLog();

        Assert.Equal(1, next.Open());
        Assert.Null(next.Find(One));
        Assert.NotNull(next.Find(Two));
    }

    [Theory]
    [InlineData(FailureReason.Crashed)]
    [InlineData(FailureReason.Timeout)]
    public void RecordSandboxFailure_KilledBeforeTheDeadLetter_IsKept(FailureReason reason)
    {
        Abandon(One);
        using (CrashLog log = CreateLog())
        {
            log.Open();
            log.RecordSandboxFailure(One, reason);
            Assert.Equal(reason, log.Find(One)?.SandboxFailure);
        }

        using CrashLog next = CreateLog();
        next.Open();

        Assert.Equal(reason, next.Find(One)?.SandboxFailure);
    }

    [Fact]
    public void RemoveOthers_SuspectThatWasNotLookedUp_IsRemoved()
    {
        Abandon(One, Two);
        using (CrashLog log = CreateLog())
        {
            log.Open();
            log.Find(One);
            log.RemoveOthers();
        }

        using CrashLog next = CreateLog();

        Assert.Equal(1, next.Open());
        Assert.NotNull(next.Find(One));
    }

    [Fact]
    public void Open_FileThatIsNoLog_IsReadAsOneWithoutMovies()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "movies.db-decoding"));
        File.WriteAllText(Path.Combine(_folder, "movies.db-decoding", "1-stray"), "half an entry, or anything else");

        using CrashLog log = CreateLog();

        Assert.Equal(0, log.Open());
    }

    private CrashLog CreateLog() => new(Path.Combine(_folder, "movies.db"));

    private string[] Files() => Directory.GetFiles(Path.Combine(_folder, "movies.db-decoding"));

    private void Abandon(params MovieId[] ids)
    {
        using CrashLog log = CreateLog();
        log.Open();
        foreach (MovieId id in ids)
        {
            log.Enter(id);
        }
    }
}
