using PaletteEtl.Covers;

namespace Etl.Tests.Covers;

public sealed class ConcurrencyLimitTests
{
    private const int Least = 8, Most = 64;

    private readonly ConcurrencyLimit _limit = new(Least, Most);

    [Fact]
    public async Task Measured_LatencyStays_DoublesUpToTheMost()
    {
        var numbers = new List<int>();
        while (numbers.Count < 4)
        {
            await RoundAsync(milliseconds: 50);
            numbers.Add(_limit.Value);
        }

        Assert.Equal([16, 32, 64, 64], numbers);
    }

    [Fact]
    public async Task Measured_ServerWorksOnTenAtOnce_SettlesFarBelowTheMost()
    {
        // The server works on ten requests at once; further ones wait for their turn.
        for (int round = 0; round < 100; round++)
        {
            await RoundAsync(milliseconds: 50.0 * Math.Max(10, _limit.Value) / 10);
        }

        Assert.InRange(_limit.Value, 10, Most / 2);
    }

    [Fact]
    public async Task Measured_LatencyRises_FallsAndRecovers()
    {
        await RoundsAsync(count: 10, milliseconds: 50);
        Assert.Equal(Most, _limit.Value);

        await RoundsAsync(count: 20, milliseconds: 500);
        int during = _limit.Value;
        await RoundsAsync(count: 60, milliseconds: 50);

        Assert.InRange(during, Least, Most / 2);
        Assert.Equal(Most, _limit.Value);
    }

    [Theory]
    [InlineData(0.02, Most)]
    [InlineData(0.5, Least)]
    public async Task Measured_RequestsFail_FallsOnlyIfManyDo(double share, int expected)
    {
        await RoundsAsync(count: 10, milliseconds: 50);

        for (int round = 0; round < 30; round++)
        {
            await RoundAsync(milliseconds: 50, failing: share);
        }

        Assert.Equal(expected, _limit.Value);
    }

    [Fact]
    public async Task Measured_MostSlotsAreFree_StaysAsItIs()
    {
        await EnterAsync(3);
        for (int request = 0; request < 100; request++)
        {
            _limit.Measured(TimeSpan.FromMilliseconds(50), isFailure: false);
        }

        Assert.Equal(Least, _limit.Value);
    }

    [Fact]
    public async Task EnterAsync_AllSlotsAreTaken_WaitsForAnExit()
    {
        await EnterAsync(Least);

        Task waiting = _limit.EnterAsync(default).AsTask();

        Assert.False(waiting.IsCompleted);
        Assert.Equal(1, _limit.Waiting);
        _limit.Exit();
        await waiting.WaitAsync(TestTimeout);
        Assert.Equal(0, _limit.Waiting);
    }

    [Fact]
    public async Task EnterAsync_RunIsAborted_IsCancelled()
    {
        using var aborting = new CancellationTokenSource();
        await EnterAsync(Least);
        Task waiting = _limit.EnterAsync(aborting.Token).AsTask();

        await aborting.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal(0, _limit.Waiting);
    }

    [Fact]
    public async Task Exit_NumberHasFallen_GivesNoSlotBackUntilItIsReached()
    {
        await RoundsAsync(count: 10, milliseconds: 50);
        await EnterAsync(Most);
        while (_limit.Value > Least)
        {
            _limit.Measured(TimeSpan.FromMilliseconds(50), isFailure: true);
        }

        Task waiting = _limit.EnterAsync(default).AsTask();
        for (int exit = 0; exit < Most - Least; exit++)
        {
            _limit.Exit();
        }

        Assert.False(waiting.IsCompleted);
        _limit.Exit();
        await waiting.WaitAsync(TestTimeout);
    }

    private async Task RoundsAsync(int count, double milliseconds)
    {
        for (int round = 0; round < count; round++)
        {
            await RoundAsync(milliseconds);
        }
    }

    /// <summary>As many requests as may be sent at once, at least ten.</summary>
    private async Task RoundAsync(double milliseconds, double failing = 0)
    {
        int slots = _limit.Value, requests = Math.Max(10, slots);
        await EnterAsync(slots);
        for (int request = 0; request < requests; request++)
        {
            _limit.Measured(TimeSpan.FromMilliseconds(milliseconds), isFailure: request < requests * failing);
        }

        for (int slot = 0; slot < slots; slot++)
        {
            _limit.Exit();
        }
    }

    private async Task EnterAsync(int slots)
    {
        for (int slot = 0; slot < slots; slot++)
        {
            await _limit.EnterAsync(default).AsTask().WaitAsync(TestTimeout);
        }
    }
}
