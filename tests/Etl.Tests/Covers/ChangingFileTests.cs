using System.Diagnostics;
using Microsoft.Extensions.Time.Testing;
using PaletteEtl.Covers.Files;
using PaletteEtl.Model;

namespace Etl.Tests.Covers;

/// <summary>Files that change while they are read: every cover is of one version, and the stored time belongs to it.</summary>
public sealed class ChangingFileTests : IDisposable
{
    private static readonly byte[] Old = [1, 1, 1, 1, 1, 1];
    private static readonly byte[] New = [2, 2, 2, 2, 2, 2];
    private static readonly DateTime Earlier = HookedClock.Now.UtcDateTime.AddHours(-1);

    private readonly TempFolder _folder = new();
    private readonly string _path;

    public ChangingFileTests()
    {
        _path = _folder.Write("a.jpg", Old);
        File.SetLastWriteTimeUtc(_path, Earlier);
    }

    public static TheoryData<string, byte[]> Changes => new()
    {
        { "rewritten", New },
        { "rewritten with an earlier time", New },
        { "grown", [1, 1, 1, 1, 1, 1, 2] },
        { "grown with the same time", [1, 1, 1, 1, 1, 1, 2] },
        { "shrunk", [1] },
        { "shrunk with the same time", [1] },
        { "truncated to nothing", [] },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task FetchAsync_FileChangesAfterItWasExamined_IsReadAgain(string change, byte[] expected)
    {
        using TestCovers covers = CoversAt(new HookedClock(call => _ = call == 1 && Change(change)));

        (byte[] bytes, CoverVersion version) = await covers.FetchAsync("a");

        Assert.Equal(expected, bytes);
        Assert.Equal(new CoverVersion(expected.Length, File.GetLastWriteTimeUtc(_path), ETag: null), version);
        Assert.Equal(0, covers.Budget.Taken);
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task FetchAsync_FileChangesWhileMemoryIsWaitedFor_IsReadAgain(string change, byte[] expected)
    {
        using TestCovers covers = CoversAt(new FakeTimeProvider());
        using Reservation other = Reservations.Of(covers.Budget);
        await other.TakeAsync(covers.Budget.Bytes, CancellationToken.None);

        Task<(byte[] Bytes, CoverVersion)> fetching = covers.FetchAsync("a");
        await Eventually.Holds(() => !covers.Budget.TryTake(0)); // nobody passes those who wait
        Change(change);
        other.Dispose();

        Assert.Equal(expected, (await fetching).Bytes);
    }

    [Fact]
    public async Task FetchAsync_FileIsReplacedByRename_IsTheOneThatWasOpened()
    {
        string other = _folder.Write("b.jpg", New);
        using TestCovers covers = CoversAt(new HookedClock(_ => File.Move(other, _path, overwrite: true)));

        (byte[] bytes, CoverVersion version) = await covers.FetchAsync("a");

        Assert.Equal(Old, bytes);
        Assert.Equal(new CoverVersion(Old.Length, Earlier, ETag: null), version);
    }

    [Fact]
    public async Task FetchAsync_FileChangesAtEveryAttemptButTheLast_IsReadAsItIsThen()
    {
        using TestCovers covers = CoversAt(new HookedClock(call => _ = call < CoverFileReader.MaxAttempts && Rewrite((byte)call)));

        (byte[] bytes, CoverVersion version) = await covers.FetchAsync("a");

        Assert.Equal([9, 9, 9, 9, 9, 9], bytes);
        Assert.Equal(File.GetLastWriteTimeUtc(_path), version.Modified);
    }

    [Fact]
    public async Task FetchAsync_FileChangesAtEveryAttempt_FailsForAReasonThatPasses()
    {
        int attempts = 0;
        using TestCovers covers = CoversAt(new HookedClock(call => Rewrite((byte)(attempts = call))));

        CoverException error = await covers.FailAsync("a");

        Assert.Equal(
            (FailureReason.Timeout, $"{_path} keeps changing; read it again once nothing writes to it.", CoverFileReader.MaxAttempts),
            (error.Reason, error.Message, attempts));
        Assert.True(error.Reason.IsTransient());
        Assert.Null(error.Version);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(19.9)]
    [InlineData(-5)] // a file server whose clock is ahead
    [InlineData(1_006)] // a time of whole seconds
    public async Task FetchAsync_FileWasJustModified_IsReadOnceAChangeWouldShowInItsTime(double age)
    {
        var clock = new FakeTimeProvider(HookedClock.Now);
        DateTime modified = Modify(HookedClock.Now.AddMilliseconds(-age).UtcDateTime);
        using TestCovers covers = CoversAt(clock);

        Task<(byte[] Bytes, CoverVersion Version)> fetching = covers.FetchAsync("a");
        Assert.False(fetching.IsCompleted);
        File.WriteAllBytes(_path, New);
        File.SetLastWriteTimeUtc(_path, modified); // as a change in the same tick of the clock leaves it
        await PassUntil(fetching, clock);

        Assert.Equal(New, (await fetching).Bytes);
        Assert.Equal(modified, (await fetching).Version.Modified);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(3_006)] // a time of whole seconds
    [InlineData(-3_600_000)]
    public async Task FetchAsync_FileWasNotJustModified_IsReadWithoutAWait(double age)
    {
        Modify(HookedClock.Now.AddMilliseconds(-age).UtcDateTime);
        using TestCovers covers = CoversAt(new FakeTimeProvider(HookedClock.Now));

        Task<(byte[] Bytes, CoverVersion)> fetching = covers.FetchAsync("a");

        Assert.True(fetching.IsCompleted);
        Assert.Equal(Old, (await fetching).Bytes);
    }

    [Theory]
    [InlineData("@999999999999", null)] // the year 33658
    [InlineData("@-99999999999", null)]
    [InlineData("@999999999999", FailureReason.Empty)]
    public async Task FetchAsync_TimeIsOfNoYearThatDatesHave_IsReadAsOfTheEarliest(string time, FailureReason? failure)
    {
        const string Memory = "/dev/shm"; // a file system that stores such times
        Assert.SkipUnless(Directory.Exists(Memory), $"There is no {Memory}.");
        string path = Path.Combine(Memory, $"etl-tests-{Guid.NewGuid():N}");
        File.WriteAllBytes(path, failure is null ? Old : []);
        using (var touch = Process.Start("touch", ["-d", time, path]))
        {
            await touch.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        using var covers = new TestCovers($"{Memory}/{{id}}");
        CoverVersion? version = null;
        var error = await Record.ExceptionAsync(async () => (_, version) = await covers.FetchAsync(Path.GetFileName(path))) as CoverException;
        File.Delete(path);

        Assert.Equal(failure, error?.Reason);
        Assert.Equal(DateTime.MinValue, (version ?? error?.Version)?.Modified?.UtcDateTime);
    }

    [Fact]
    public async Task FetchAsync_FileIsStillWrittenTo_FailsForAReasonThatPasses()
    {
        var clock = new FakeTimeProvider(HookedClock.Now);
        Modify(HookedClock.Now.UtcDateTime);
        using TestCovers covers = CoversAt(clock);

        Task<CoverException> failing = covers.FailAsync("a");
        await Eventually.Holds(() =>
        {
            Modify(clock.GetUtcNow().UtcDateTime + CoverFileReader.ClockTick);
            clock.Advance(CoverFileReader.ClockTick);
            return failing.IsCompleted;
        });

        Assert.Equal(FailureReason.Timeout, (await failing).Reason);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task FetchAsync_FileWasJustTruncated_IsEmptyUnlessItIsFilledAgain(bool isFilled)
    {
        var clock = new FakeTimeProvider(HookedClock.Now);
        File.WriteAllBytes(_path, []);
        DateTime modified = Modify(HookedClock.Now.UtcDateTime);
        using TestCovers covers = CoversAt(clock);

        Task<(byte[] Bytes, CoverVersion)> fetching = covers.FetchAsync("a");
        Assert.False(fetching.IsCompleted);
        File.WriteAllBytes(_path, isFilled ? New : []);
        Modify(modified);
        await PassUntil(fetching, clock);
        var error = await Record.ExceptionAsync(() => fetching) as CoverException;

        Assert.Equal(isFilled ? null : FailureReason.Empty, error?.Reason);
        Assert.Equal(isFilled ? null : new CoverVersion(0, modified, ETag: null), error?.Version);
    }

    [Fact]
    public async Task FetchAsync_RunIsAbortedBeforeTheFileSettles_EndsAtOnce()
    {
        using var aborting = new CancellationTokenSource();
        Modify(HookedClock.Now.UtcDateTime);
        using TestCovers covers = CoversAt(new FakeTimeProvider(HookedClock.Now));

        Task fetching = covers.FetchAsync("a", previous: null, aborting.Token);
        await aborting.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fetching);
        Assert.Equal(0, covers.Budget.Taken);
    }

    [Fact]
    public async Task FetchAsync_AnotherProgramRewritesTheFile_NeverMixesTwoVersions()
    {
        byte[] first = [.. Enumerable.Repeat((byte)1, 400_000)], second = [.. Enumerable.Repeat((byte)2, 400_000)];
        using TestCovers covers = CoversAt(TimeProvider.System);

        HashSet<string> read = await new RewrittenFile(_path, first, second).ReadMeanwhileAsync(async () =>
        {
            byte[] bytes = (await covers.FetchAsync("a")).Bytes;
            return bytes.SequenceEqual(first) ? "first" : bytes.SequenceEqual(second) ? "second" : "mixed";
        });

        Assert.Equal(["first", "second"], read.Order());
    }

    public void Dispose() => _folder.Dispose();

    private static Task PassUntil(Task task, FakeTimeProvider clock) => Eventually.Holds(() =>
    {
        clock.Advance(CoverFileReader.ClockTick);
        return task.IsCompleted;
    });

    private TestCovers CoversAt(TimeProvider clock) => new(_folder["{id}.jpg"]) { Clock = clock };

    private DateTime Modify(DateTime time)
    {
        File.SetLastWriteTimeUtc(_path, time);
        return time;
    }

    private bool Rewrite(byte value)
    {
        File.WriteAllBytes(_path, [value, value, value, value, value, value]);
        Modify(Earlier.AddSeconds(value));
        return true;
    }

    private bool Change(string change)
    {
        (byte[] bytes, DateTime modified) = change switch
        {
            "rewritten" => (New, Earlier.AddSeconds(1)),
            "rewritten with an earlier time" => (New, Earlier.AddSeconds(-1)),
            "grown" => ([.. Old, 2], Earlier.AddSeconds(1)),
            "grown with the same time" => ([.. Old, 2], Earlier),
            "shrunk" => ([1], Earlier.AddSeconds(1)),
            "shrunk with the same time" => ([1], Earlier),
            _ => (Array.Empty<byte>(), Earlier.AddSeconds(1)),
        };
        File.WriteAllBytes(_path, bytes);
        Modify(modified);
        return true;
    }
}
