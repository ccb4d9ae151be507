using CsCheck;
using PaletteEtl.Model;

namespace Etl.Tests.Pipeline;

public sealed class MemoryBudgetTests
{
    private readonly MemoryBudget _budget = new(100);

    [Fact]
    public void TryTake_EnoughIsFree_TakesIt()
    {
        bool all = _budget.TryTake(100);
        bool more = _budget.TryTake(1);

        Assert.Equal((true, false, 100), (all, more, _budget.Taken));
    }

    [Fact]
    public async Task TakeAsync_NotEnoughIsFree_WaitsUntilItIsGivenBack()
    {
        _budget.TryTake(60);

        Task waiting = _budget.TakeAsync(50, default);
        _budget.Return(9);
        bool early = waiting.IsCompleted;
        _budget.Return(1);
        await waiting.WaitAsync(TestTimeout);

        Assert.False(early);
        Assert.Equal(100, _budget.Taken);
    }

    [Fact]
    public async Task TakeAsync_SeveralWait_FirstComeFirstServed()
    {
        _budget.TryTake(100);
        Task large = _budget.TakeAsync(80, default);
        Task small = _budget.TakeAsync(10, default);

        _budget.Return(50);

        Assert.False(large.IsCompleted);
        Assert.False(small.IsCompleted); // it would fit, and has to wait all the same
        Assert.False(_budget.TryTake(1));
        _budget.Return(50);
        await Task.WhenAll(large, small).WaitAsync(TestTimeout);
        Assert.Equal(90, _budget.Taken);
    }

    [Fact]
    public async Task TakeAsync_Cancelled_LetsThoseBehindPass()
    {
        using var cancel = new CancellationTokenSource();
        _budget.TryTake(50);
        Task first = _budget.TakeAsync(80, cancel.Token);
        Task second = _budget.TakeAsync(50, default);

        await cancel.CancelAsync();

        await Assert.ThrowsAsync<TaskCanceledException>(() => first.WaitAsync(TestTimeout));
        await second.WaitAsync(TestTimeout);
        Assert.Equal(100, _budget.Taken);
    }

    [Fact]
    public async Task TakeAsync_CancelledBefore_TakesNothing()
    {
        _budget.TryTake(100);

        Task taking = _budget.TakeAsync(1, new CancellationToken(canceled: true));

        await Assert.ThrowsAsync<TaskCanceledException>(() => taking.WaitAsync(TestTimeout));
        _budget.Return(100);
        Assert.Equal(0, _budget.Taken);
    }

    [Fact]
    public async Task TakeAsync_MoreThanTheWholeBudget_IsRefusedAtOnce()
    {
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => _budget.TakeAsync(101, default));
        Assert.Throws<ArgumentOutOfRangeException>(() => _budget.TryTake(101));
        Assert.Equal(0, _budget.Taken);
    }

    [Fact]
    public Task TakeAsync_ManyAtOnce_NeverExceedsTheBudgetAndEndsEmpty() =>
        Gen.Int[1, 100].Array[1, 40].SampleAsync(
            async amounts =>
            {
                var budget = new MemoryBudget(100);
                long inUse = 0, most = 0;
                var all = Task.WhenAll(amounts.Select(amount => Task.Run(async () =>
                {
                    await budget.TakeAsync(amount, default);
                    InterlockedMax(ref most, Interlocked.Add(ref inUse, amount));
                    await Task.Yield();
                    Interlocked.Add(ref inUse, -amount);
                    budget.Return(amount);
                })));

                await all.WaitAsync(TestTimeout);

                Assert.InRange(most, 1, 100);
                Assert.Equal(0, budget.Taken);
            },
            iter: 200,
            threads: 1);

    [Fact]
    public async Task TakeAsync_ManyAreCancelledWhileOthersTake_EndsEmpty()
    {
        using var cancel = new CancellationTokenSource();
        Task[] takers = [.. Enumerable.Range(0, 200).Select(i => Task.Run(async () =>
        {
            CancellationToken token = i % 2 == 0 ? cancel.Token : default;
            try
            {
                await _budget.TakeAsync(1 + (i % 90), token);
            }
            catch (OperationCanceledException) when (token.IsCancellationRequested)
            {
                return;
            }

            await Task.Yield();
            _budget.Return(1 + (i % 90));
        }))];

        await cancel.CancelAsync();
        await Task.WhenAll(takers).WaitAsync(TestTimeout);

        Assert.Equal(0, _budget.Taken);
    }

    private static void InterlockedMax(ref long most, long value)
    {
        for (long seen = Volatile.Read(ref most); value > seen;)
        {
            seen = Interlocked.CompareExchange(ref most, value, seen) is var before && before == seen ? value : before;
        }
    }
}
