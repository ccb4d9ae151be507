using System.Globalization;
using PaletteEtl.Covers;
using PaletteEtl.Model;

namespace Etl.Contracts.Covers;

/// <summary>Contract tests for sources of covers.</summary>
public abstract class CoverSourceContract
{
    /// <summary>The largest cover that the source takes, and the budget of a test, in bytes.</summary>
    protected const int MaxCoverBytes = 1_000;

    protected abstract ICoverSource Covers { get; }

    /// <summary>Adds the cover of an id, or changes it, which gives it another version.</summary>
    protected abstract void Put(string id, byte[] bytes);

    [Fact]
    public async Task FetchAsync_Cover_HasItsBytesAndHoldsThemUntilItIsDisposed()
    {
        Put("a", [1, 2, 3]);
        using var memory = Reservation.WithLimit(MaxCoverBytes);

        FetchResult fetched = await FetchAsync("a", memory);

        Assert.False(fetched.IsUnchanged);
        Assert.Equal((byte[])[1, 2, 3], fetched.Cover!.Bytes);
        Assert.Equal(fetched.Version, fetched.Cover.Version);
        Assert.Equal((3, MaxCoverBytes - 3), (memory.Bytes, memory.Free));
        fetched.Cover.Dispose();
        Assert.Equal((0, MaxCoverBytes), (memory.Bytes, memory.Free));
    }

    [Fact]
    public async Task FetchAsync_CoverOfAnIntegerId_IsFoundByItsDigits()
    {
        Put("5", [5]);

        Assert.Equal([5], await BytesAsync(new MovieId(5L)));
    }

    [Fact]
    public async Task FetchAsync_NoCover_GivesNoneOrSaysSo()
    {
        Put("b", [1]);
        using var memory = Reservation.WithLimit(MaxCoverBytes);

        try
        {
            Assert.Equal(FetchResult.None, await FetchAsync("a", memory));
        }
        catch (CoverException error)
        {
            Assert.Equal(FailureReason.NotFound, error.Reason);
        }

        Assert.Equal(MaxCoverBytes, memory.Free);
    }

    [Fact]
    public async Task FetchAsync_IdNamesNoCover_IsAFailureThatStands()
    {
        CoverException error = await FailAsync(new MovieId(null));

        Assert.Equal(FailureReason.InvalidId, error.Reason);
        using var memory = Reservation.WithLimit(MaxCoverBytes);
        var movie = new Movie(default, new MovieId(null), new DeadLetter(FailureReason.InvalidId, Attempts: 1, error.Version));
        FetchResult fetched = await Covers.FetchAsync(movie, memory, CancellationToken.None);
        Assert.True(fetched.IsUnchanged, "The failure does not stand.");
        Assert.Null(fetched.Cover);
    }

    [Fact]
    public async Task FetchAsync_LargestCover_IsRead()
    {
        byte[] bytes = [.. Enumerable.Range(0, MaxCoverBytes).Select(i => (byte)i)];
        Put("a", bytes);

        Assert.Equal(bytes, await BytesAsync(new MovieId("a")));
    }

    [Fact]
    public async Task FetchAsync_LargerCover_IsTooLargeAndThatStands()
    {
        Put("a", new byte[MaxCoverBytes + 1]);

        CoverException error = await FailAsync(new MovieId("a"));

        Assert.Equal(FailureReason.TooLarge, error.Reason);
        Assert.NotNull(error.Version);
        Assert.True(await IsUnchangedAsync("a", new DeadLetter(error.Reason, Attempts: 1, error.Version)), "The failure does not stand.");
    }

    [Fact]
    public async Task FetchAsync_FailedBeforeAndUnchanged_IsUnchangedAndReservesNothing()
    {
        Put("a", [1, 2, 3]);

        Assert.True(await IsUnchangedAsync("a", await FailureOfAsync("a")), "The failure does not stand.");
    }

    [Fact]
    public async Task FetchAsync_FailedBeforeAndChangedSince_IsRead()
    {
        Put("a", [1, 2, 3]);
        DeadLetter previous = await FailureOfAsync("a");
        Put("a", [3, 2, 1]);

        Assert.False(await IsUnchangedAsync("a", previous), "The failure stands for another version.");
    }

    [Fact]
    public async Task FetchAsync_FailedBeforeAndMayHavePassed_IsRead()
    {
        Put("a", [1, 2, 3]);
        DeadLetter previous = await FailureOfAsync("a");

        Assert.False(await IsUnchangedAsync("a", previous with { Reason = FailureReason.Timeout }), "A timeout stands.");
        Assert.False(await IsUnchangedAsync("a", previous with { Attempts = 0 }), "A failure stands although a retry was asked for.");
    }

    [Fact]
    public async Task FetchAsync_Cancelled_IsNoFailureOfTheCover()
    {
        Put("a", [1, 2, 3]);
        var memory = Reservation.WithLimit(MaxCoverBytes);

        try
        {
            (await Covers.FetchAsync(new Movie(default, new MovieId("a")), memory, new CancellationToken(canceled: true))).Cover!.Dispose();
        }
        catch (OperationCanceledException)
        {
            memory.Dispose();
        }

        Assert.Equal(MaxCoverBytes, memory.Free);
    }

    [Fact]
    public async Task FetchAsync_ManyAtOnce_GivesEachItsOwn()
    {
        for (int i = 0; i < 50; i++)
        {
            Put(Name(i), [(byte)i]);
        }

        await Task.WhenAll(Enumerable.Range(0, 50).Select(async i => Assert.Equal([(byte)i], await BytesAsync(new MovieId(Name(i))))));
    }

    private static string Name(int i) => i.ToString(CultureInfo.InvariantCulture);

    private ValueTask<FetchResult> FetchAsync(string id, Reservation memory) =>
        Covers.FetchAsync(new Movie(default, new MovieId(id)), memory, CancellationToken.None);

    private async Task<byte[]> BytesAsync(MovieId id)
    {
        using var memory = Reservation.WithLimit(MaxCoverBytes);
        FetchResult fetched = await Covers.FetchAsync(new Movie(default, id), memory, CancellationToken.None);
        using Cover cover = fetched.Cover!;
        return cover.Bytes.ToArray();
    }

    private async Task<CoverException> FailAsync(MovieId id)
    {
        using var memory = Reservation.WithLimit(MaxCoverBytes);
        return await Assert.ThrowsAsync<CoverException>(
            async () => await Covers.FetchAsync(new Movie(default, id), memory, CancellationToken.None));
    }

    /// <summary>A failure that stands for the present version of a cover.</summary>
    private async Task<DeadLetter> FailureOfAsync(string id)
    {
        using var memory = Reservation.WithLimit(MaxCoverBytes);
        using Cover cover = (await FetchAsync(id, memory)).Cover!;
        return new DeadLetter(FailureReason.Corrupt, Attempts: 1, cover.Version);
    }

    private async Task<bool> IsUnchangedAsync(string id, DeadLetter previous)
    {
        using var memory = Reservation.WithLimit(MaxCoverBytes);
        FetchResult fetched = await Covers.FetchAsync(new Movie(default, new MovieId(id), previous), memory, CancellationToken.None);
        using Cover? cover = fetched.Cover;
        Assert.Equal(fetched.IsUnchanged, cover is null && memory.Free == MaxCoverBytes);
        return fetched.IsUnchanged;
    }
}
