using Etl.IntegrationTests.Commands;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using PaletteEtl.Catalogue;
using PaletteEtl.Catalogue.Sqlite;
using PaletteEtl.Hosting;
using PaletteEtl.Model;
using PaletteEtl.Service;
using PaletteEtl.Telemetry;

namespace Etl.IntegrationTests.Service;

public sealed class CatalogueWatchTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly CatalogueFolder _folder = new CatalogueFolder().WithTable().WithMovie("1", CatalogueFolder.APalette);
    private readonly PolledClock _clock = new(Start);
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly EtlServiceOptions _options = new();
    private readonly CancellationTokenSource _draining = new();
    private readonly List<DateTimeOffset?> _idle = [];
    private readonly CountedSource _source;
    private readonly DueMovieSource _movies;
    private readonly ServiceMovieSource _next;
    private readonly CatalogueWatch _watch;
    private static readonly Movie AStaleMovie = new(new RowKey(1), new MovieId("1"))
    {
        Provenance = new Provenance(Version: null, Content: null, IsOutdated: true),
    };

    private Movie[] _staleMovies = [];
    private Task _waiting = Task.CompletedTask;
    private int _polls;

    public CatalogueWatchTests()
    {
        var options = new EtlOptions { Query = { Database = _folder.Database } };
        var metrics = new EtlMetrics(_services.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>());
        _source = new CountedSource(new SqliteMovieSource(options.Catalogue, RefreshKind.None, _clock, metrics));
        _movies = new DueMovieSource(_source, new RetrySchedule(_options, _clock), _clock, () => _clock.GetUtcNow() - _clock.SetBy - Start);
        var stale = new StalePasses(
            () => _staleMovies, TimeSpan.FromHours(1), new ServiceMonitor(_clock), metrics, _clock, static _ => 0, NullLogger<StalePasses>.Instance);
        _next = new ServiceMovieSource(_movies, stale);
        _watch = new CatalogueWatch(options.Catalogue, _options.PollInterval, _next, _clock);
    }

    public void Dispose()
    {
        _watch.Dispose();
        _next.Dispose();
        _services.Dispose();
        _draining.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task WaitAsync_PaletteMissingAtTheStart_CompletesAtOnce()
    {
        _folder.WithMovie("2", null);

        await Wait().WaitAsync(TestTimeout, TestContext.Current.CancellationToken);

        Assert.Equal("2", Assert.Single(_movies.ReadMissing(default)).Id.Text);
    }

    [Fact]
    public async Task WaitAsync_StaleAndMissingPalettes_MissingOnesComeFirst()
    {
        _folder.WithMovie("2", null);
        _staleMovies = [AStaleMovie];

        await Wait().WaitAsync(TestTimeout, TestContext.Current.CancellationToken);
        Assert.Equal("2", Assert.Single(_next.ReadMissing(default)).Id.Text);
        _folder.With("UPDATE movies SET palette_json = '[[1, 2, 3]]'");
        await Wait().WaitAsync(TestTimeout, TestContext.Current.CancellationToken);

        Assert.True(_next.IsSlice);
        Assert.Equal(1, _next.CountMissing(default));
        Assert.Equal("1", Assert.Single(_next.ReadMissing(default)).Id.Text);
    }

    [Fact]
    public async Task WaitAsync_NothingChanges_PassesOnce()
    {
        Task waiting = Wait();
        await Polls(20);

        Assert.False(waiting.IsCompleted);
        Assert.Equal(1, _source.Passes);
        await EndAsync(waiting);
    }

    [Fact]
    public async Task WaitAsync_AnotherProgramInsertsAMovie_CompletesAtTheNextPoll()
    {
        Task waiting = Wait();
        await Polls(2);

        _folder.WithMovie("2", "");
        await Polls(1);

        await waiting.WaitAsync(TestTimeout, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task WaitAsync_OthersWriteAllTheTimeAndAPassIsSlow_SpendsTwoPercentOfTheTime()
    {
        _source.Slow = () => _clock.Advance(TimeSpan.FromSeconds(1));
        Task waiting = Wait();

        for (int i = 0; i < 400; i++)
        {
            _folder.With("UPDATE movies SET title = coalesce(title, '') || 'x'");
            await Polls(1);
        }

        // 2 % of 200 s, a second that was there at the start, and one pass that overdraws.
        Assert.InRange(_source.Passes, 4, 6);
        Assert.Equal(_source.Passes, _idle.Count); // a pass that waits for its budget has no result
        await EndAsync(waiting);
    }

    [Fact]
    public async Task WaitAsync_FailureThatMayPass_CompletesOnceItIsDue()
    {
        _folder.WithMovie("2", null).WithDeadLetters().WithDeadLetter("2", "not_found")
            .With("UPDATE etl_dead_letters SET attempts = 1, last_at = $0", Start.ToString("O"));
        Task waiting = Wait();
        await Polls(119);
        Assert.False(waiting.IsCompleted);
        Assert.Equal(Start + TimeSpan.FromMinutes(1), _idle[^1]);

        await Polls(1);

        await waiting.WaitAsync(TestTimeout, TestContext.Current.CancellationToken);
        Assert.Equal(2, _source.Passes);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)] // all of which are due at the same time
    public async Task WaitAsync_CoverHadNotChangedWhenItWasDue_CompletesAgainAfterTheNextDelay(int failed)
    {
        _folder.WithDeadLetters();
        for (int i = 0; i < failed; i++)
        {
            _folder.WithMovie($"{i + 2}", null).WithDeadLetter($"{i + 2}", "corrupt");
        }

        _folder.With("UPDATE etl_dead_letters SET attempts = 1, last_at = $0", Start.ToString("O"));
        Task waiting = Wait();
        await Polls(120);
        await waiting.WaitAsync(TestTimeout, TestContext.Current.CancellationToken);
        Assert.Equal(failed, _movies.ReadMissing(default).Count());

        waiting = Wait();
        await Polls(239);
        Assert.False(waiting.IsCompleted);
        Assert.Equal(Start + TimeSpan.FromMinutes(3), _idle[^1]);
        await Polls(1);

        await waiting.WaitAsync(TestTimeout, TestContext.Current.CancellationToken);
        Assert.Equal(failed, _movies.ReadMissing(default).Count());
    }

    [Fact]
    public async Task WaitAsync_FailureInTheFuture_CompletesAfterItsDelay()
    {
        _folder.WithMovie("2", null).WithDeadLetters().WithDeadLetter("2", "not_found")
            .With("UPDATE etl_dead_letters SET attempts = 1, last_at = $0", Start.AddYears(3).ToString("O"));
        Task waiting = Wait();
        await Polls(119);
        Assert.False(waiting.IsCompleted);
        Assert.Equal(Start + TimeSpan.FromMinutes(1), _idle[^1]);

        await Polls(1);

        await waiting.WaitAsync(TestTimeout, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task WaitAsync_ClockIsSetBack_CompletesAfterTheDelayByTheNewTime()
    {
        _folder.WithMovie("2", null).WithDeadLetters().WithDeadLetter("2", "not_found")
            .With("UPDATE etl_dead_letters SET attempts = 1, last_at = $0", Start.ToString("O"));
        Task waiting = Wait();
        await Polls(2);

        _clock.SetBy = TimeSpan.FromDays(-30);
        await Polls(2);
        Assert.InRange(_idle[^1]!.Value, Start.AddDays(-30), Start.AddDays(-30).AddMinutes(1.1));
        await Polls(119);

        await waiting.WaitAsync(TestTimeout, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task WaitAsync_FileReplacedMeanwhile_ThrowsThenWatchesTheNewOne()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There an open file cannot be replaced.");
        using CatalogueFolder other = new CatalogueFolder().WithTable().WithMovie("9", null);
        Task waiting = Wait();
        await Polls(2);

        File.Move(other.Database, _folder.Database, overwrite: true);
        _clock.Advance(_options.PollInterval);

        await Assert.ThrowsAsync<CatalogueException>(() => waiting.WaitAsync(TestTimeout));
        await Wait().WaitAsync(TestTimeout, TestContext.Current.CancellationToken);
        Assert.Equal("9", Assert.Single(_movies.ReadMissing(default)).Id.Text);
    }

    private Task Wait() => _waiting = _watch.WaitAsync(_idle.Add, _draining.Token);

    /// <summary>Lets the watch ask so many times.</summary>
    private async Task Polls(int count)
    {
        for (int i = 0; i < count; i++)
        {
            await Eventually.Holds(() => _clock.Waits > _polls);
            _polls++;
            _clock.Advance(_options.PollInterval);
        }

        await Eventually.Holds(() => _clock.Waits > _polls || _waiting.IsCompleted);
    }

    private async Task EndAsync(Task waiting)
    {
        await _draining.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(TestTimeout));
    }

    /// <summary>Counts how often somebody has begun to wait for it.</summary>
    private sealed class PolledClock(DateTimeOffset start) : SettableClock(start)
    {
        private int _waits;

        public int Waits => Volatile.Read(ref _waits);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            ITimer timer = base.CreateTimer(callback, state, dueTime, period);
            Interlocked.Increment(ref _waits);
            return timer;
        }
    }

    private sealed class CountedSource(IMovieSource source) : IMovieSource
    {
        public int Passes { get; private set; }

        public Action Slow { get; set; } = static () => { };

        public IEnumerable<Movie> ReadMissing(CancellationToken draining)
        {
            Passes++;
            Slow();
            foreach (Movie movie in source.ReadMissing(draining))
            {
                yield return movie;
            }
        }

        public long CountMissing(CancellationToken cancellationToken) => source.CountMissing(cancellationToken);
    }
}
