using Etl.Host.Recovery;
using PaletteEtl.Model;

namespace Etl.IntegrationTests.Recovery;

/// <summary>A journal that is disposed with a movie in it stays behind as one whose process was killed does.</summary>
public sealed class DecodeJournalTests : IDisposable
{
    private static readonly MovieId One = new("0114709"), Two = new(322259L), Three = new("三");

    private readonly string _folder = Directory.CreateTempSubdirectory("etl-journal-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Open_JournalsOfProcessesThatAreGone_MakesTheirMoviesSuspects()
    {
        Abandon(One, Two);
        Abandon(Three);

        using DecodeJournal journal = Journal();

        Assert.Equal(3, journal.Open());
        Assert.All([One, Two, Three], id => Assert.Equal(new JournalEntry(JournalEntry.KeyOf(id)), journal.Find(id)));
        Assert.Null(journal.Find(new("another")));
        Assert.Single(Files());
    }

    [Fact]
    public void Open_JournalOfAProcessAtWork_IsLeftAlone()
    {
        using DecodeJournal atWork = Journal();
        atWork.Open();
        using DecodeJournal.Note note = atWork.Enter(One);

        using DecodeJournal journal = Journal();

        Assert.Equal(0, journal.Open());
        Assert.Null(journal.Find(One));
        Assert.Equal(2, Files().Length);
    }

    [Fact]
    public void Dispose_EverythingDecoded_LeavesNothingBehind()
    {
        using (DecodeJournal journal = Journal())
        {
            journal.Open();
            journal.Enter(One).Dispose();
        }

        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));
    }

    [Fact]
    public void Enter_AfterAnotherLeft_TakesItsSlot()
    {
        using DecodeJournal journal = Journal();
        journal.Open();
        for (int i = 0; i < 100; i++)
        {
            journal.Enter(new($"movie {i}")).Dispose();
        }

        Assert.Equal(JournalEntry.Bytes, new FileInfo(Assert.Single(Files())).Length);
    }

    [Fact]
    public void Settle_OneOfTwoSuspects_LeavesTheOtherToTheNextProcess()
    {
        Abandon(One, Two);
        using (DecodeJournal journal = Journal())
        {
            journal.Open();
            journal.Settle(One);
        }

        using DecodeJournal next = Journal();

        Assert.Equal(1, next.Open());
        Assert.Null(next.Find(One));
        Assert.NotNull(next.Find(Two));
    }

    [Theory]
    [InlineData(FailureReason.Crashed)]
    [InlineData(FailureReason.Timeout)]
    public void Convict_KilledBeforeTheDeadLetter_KeepsTheVerdict(FailureReason reason)
    {
        Abandon(One);
        using (DecodeJournal journal = Journal())
        {
            journal.Open();
            journal.Convict(One, reason);
            Assert.Equal(reason, journal.Find(One)?.Verdict);
        }

        using DecodeJournal next = Journal();
        next.Open();

        Assert.Equal(reason, next.Find(One)?.Verdict);
    }

    [Fact]
    public void SettleOthers_SuspectThatWasNotAskedAbout_IsForgotten()
    {
        Abandon(One, Two);
        using (DecodeJournal journal = Journal())
        {
            journal.Open();
            journal.Find(One);
            journal.SettleOthers();
        }

        using DecodeJournal next = Journal();

        Assert.Equal(1, next.Open());
        Assert.NotNull(next.Find(One));
    }

    [Fact]
    public void Open_FileThatIsNoJournal_IsReadAsOneWithoutMovies()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "movies.db-decoding"));
        File.WriteAllText(Path.Combine(_folder, "movies.db-decoding", "1-stray"), "half an entry, or anything else");

        using DecodeJournal journal = Journal();

        Assert.Equal(0, journal.Open());
    }

    private DecodeJournal Journal() => new(Path.Combine(_folder, "movies.db"));

    private string[] Files() => Directory.GetFiles(Path.Combine(_folder, "movies.db-decoding"));

    private void Abandon(params MovieId[] ids)
    {
        using DecodeJournal journal = Journal();
        journal.Open();
        foreach (MovieId id in ids)
        {
            journal.Enter(id);
        }
    }
}
