using Etl.IntegrationTests.Commands;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using PaletteEtl.Catalogue;
using PaletteEtl.Hosting;
using PaletteEtl.Model;
using PaletteEtl.Palettes;
using PaletteEtl.Pipeline;
using PaletteEtl.Service;
using PaletteEtl.Telemetry;

namespace Etl.IntegrationTests.Service;

public sealed class CatalogueCountTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Failure NotFound = new("fetch", FailureReason.NotFound, "It is not there.", Version: null);

    private readonly CatalogueFolder _folder = new CatalogueFolder().WithTable().WithMovie("1", CatalogueFolder.APalette).WithMovie("2", null);
    private readonly FakeTimeProvider _clock = new(Start);
    private readonly TestMeterFactory _meters = new();
    private readonly ServiceMonitor _monitor;
    private readonly CatalogueCount _count;
    private TimeSpan _used;
    private TimeSpan _cost;

    public CatalogueCountTests()
    {
        _monitor = new ServiceMonitor(_clock);
        var options = new EtlOptions { Query = { Database = _folder.Database } };
        _count = new CatalogueCount(() => options.Catalogue, _monitor, _clock, () => _used += _cost);
    }

    public void Dispose()
    {
        _count.Dispose();
        _meters.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Refresh_MoviesOfEachState_CountsThem()
    {
        Assert.Null(_count.Snapshot(_monitor.Snapshot()));
        _folder.WithMovie("3", null).WithMovie("4", "[]").WithDeadLetters().WithDeadLetter("3", "timeout").WithDeadLetter("gone", "corrupt");

        CatalogueSnapshot catalogue = Refreshed();

        Assert.Equal((4, 1, 1, 1, 1), (catalogue.Movies, catalogue.Complete, catalogue.Pending, catalogue.Failed, catalogue.Unreadable));
        Assert.Equal([new ReasonCount("corrupt", 1), new ReasonCount("timeout", 1)], catalogue.Reasons);
        Assert.Equal(Start, catalogue.PendingSince);
    }

    [Fact]
    public void Refresh_DeadLetters_GroupsThemByCause()
    {
        _folder.WithMovie("3", null).WithMovie("4", null).WithDeadLetters().WithDeadLetter("3", "timeout").WithDeadLetter("4", "timeout").WithDeadLetter("2", "corrupt");

        CatalogueSnapshot catalogue = Refreshed();

        Assert.Equal(2, catalogue.CauseCount);
        Assert.Equal([("timeout", 2L), ("corrupt", 1)], catalogue.Causes.Select(static cause => (cause.Reason, cause.Count)));
    }

    [Fact]
    public void Refresh_NothingHasChanged_CountsNotAgain()
    {
        DateTimeOffset counted = Refreshed().CountedAt;
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(counted, Refreshed().CountedAt);

        _folder.WithMovie("3", null);

        Assert.Equal((3, 2), (Refreshed().Movies, Refreshed().Pending));
    }

    [Fact]
    public void Refresh_OthersWriteAllTheTimeAndACountIsSlow_SpendsOnePercentOfTheTime()
    {
        _cost = TimeSpan.FromSeconds(1);
        var counted = new HashSet<DateTimeOffset>();
        for (int i = 0; i < 400; i++)
        {
            _folder.With("UPDATE movies SET title = coalesce(title, '') || 'x'");
            counted.Add(Refreshed().CountedAt);
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        // 1 % of 400 s, a second that was there at the start, and one count that overdraws.
        Assert.InRange(counted.Count, 4, 6);
    }

    [Fact]
    public void Snapshot_WhileARunLasts_FollowsItsOutcomesAndCountsOnceAMinute()
    {
        _folder.WithMovie("3", null).WithMovie("4", null).WithMovie("5", null).WithDeadLetters().WithDeadLetter("5", "timeout");
        Assert.Equal((5, 1, 3, 1), Counts());
        EtlRun run = Run();

        Settle(run, new Outcome(OutcomeKind.Written), new Outcome(OutcomeKind.DeadLetter, NotFound));
        Assert.Equal((5, 2, 1, 2), Counts());
        Settle(run, new Outcome(OutcomeKind.Written));
        Settle(run, new DeadLetter(FailureReason.Timeout, Attempts: 1, Version: null), new Outcome(OutcomeKind.Written));
        Assert.Equal((5, 4, 0, 1), Counts());

        _folder.WithMovie("6", null);
        Assert.Equal(5, Refreshed().Movies);
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(6, Refreshed().Movies);
    }

    [Fact]
    public void Snapshot_MoviesThatCameAfterTheCount_AreMoreMoviesAndNoFailedOnes()
    {
        _folder.WithMovie("3", null).WithDeadLetters().WithDeadLetter("3", "timeout");
        Assert.Equal((3, 1, 1, 1), Counts());
        EtlRun run = Run();

        Settle(run, new Outcome(OutcomeKind.Written), new Outcome(OutcomeKind.Written), new Outcome(OutcomeKind.DeadLetter, NotFound));

        Assert.Equal((5, 3, 0, 2), Counts());
    }

    [Fact]
    public void Snapshot_RunHasEnded_IsCountedAgain()
    {
        Assert.Equal((2, 1, 1, 0), Counts());
        _clock.Advance(TimeSpan.FromMinutes(1));
        EtlRun run = Run();
        Settle(run, new Outcome(OutcomeKind.Written));
        _clock.Advance(TimeSpan.FromSeconds(1));
        run.Ended(RunEnding.Completed);
        _monitor.RunEnded();

        // The database says that the movie is still pending; the run began at the time since which it can have waited.
        Assert.Equal((2, 1, 1, 0), Counts());
        Assert.Equal(Start + TimeSpan.FromMinutes(1), Refreshed().PendingSince);
    }

    [Fact]
    public void Refresh_DatabaseIsGone_KeepsTheLastCount()
    {
        Refreshed();
        File.Move(_folder.Database, _folder.PathOf("away.db"));

        Assert.Throws<CatalogueException>(_count.Refresh);
        Assert.Equal(2, _count.Snapshot(_monitor.Snapshot())!.Movies);

        File.Move(_folder.PathOf("away.db"), _folder.Database);
        _folder.WithMovie("3", null);
        Assert.Equal(3, Refreshed().Movies);
    }

    private CatalogueSnapshot Refreshed()
    {
        _count.Refresh();
        return _count.Snapshot(_monitor.Snapshot())!;
    }

    private (long Movies, long Complete, long Pending, long Failed) Counts() =>
        Refreshed() is var catalogue ? (catalogue.Movies, catalogue.Complete, catalogue.Pending, catalogue.Failed) : default;

    private EtlRun Run()
    {
        var run = new EtlRun(new EtlOptions().Run, new EtlMetrics(_meters), _clock, NullLogger.Instance);
        _monitor.RunStarted(run);
        return run;
    }

    private static void Settle(EtlRun run, params Outcome[] outcomes) => Settle(run, previous: null, outcomes);

    private static void Settle(EtlRun run, DeadLetter? previous, params Outcome[] outcomes)
    {
        Item<Palette>[] items = Array.ConvertAll(outcomes, _ => run.MovieRead(new Movie(new RowKey(1), new MovieId("1"), previous), since: 0).With<Palette>(default));
        run.BatchWritten(items, outcomes, BatchResult.Of(outcomes));
    }
}
