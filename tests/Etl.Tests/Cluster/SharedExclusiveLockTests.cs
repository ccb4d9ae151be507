using Etl.Cluster.Workers;

namespace Etl.Tests.Cluster;

public sealed class SharedExclusiveLockTests
{
    [Fact]
    public async Task EnterExclusiveAsync_LockIsShared_WaitsForItAndThenBlocksOthers()
    {
        using var sharedLock = new SharedExclusiveLock(2);
        await sharedLock.EnterSharedAsync(default);

        Task<bool> exclusive = sharedLock.EnterExclusiveAsync(static () => true, default);
        Task another = sharedLock.EnterSharedAsync(default);
        bool early = exclusive.IsCompleted;
        sharedLock.ExitShared();

        Assert.False(early);
        Assert.True(await exclusive.WaitAsync(TestTimeout));
        Assert.False(another.IsCompleted);
        sharedLock.ExitExclusive();
        await another.WaitAsync(TestTimeout);
    }

    [Fact]
    public async Task EnterExclusiveAsync_NotNeededAnyMore_DoesNotWait()
    {
        using var sharedLock = new SharedExclusiveLock(2);
        await sharedLock.EnterSharedAsync(default);

        Assert.False(await sharedLock.EnterExclusiveAsync(static () => false, default).WaitAsync(TestTimeout));
        await sharedLock.EnterSharedAsync(default).WaitAsync(TestTimeout);
    }

    [Fact]
    public async Task EnterExclusiveAsync_Cancelled_ReleasesTheSlotsItHasTaken()
    {
        using var sharedLock = new SharedExclusiveLock(2);
        using var cancel = new CancellationTokenSource();
        await sharedLock.EnterSharedAsync(default);
        Task<bool> exclusive = sharedLock.EnterExclusiveAsync(static () => true, cancel.Token);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => exclusive.WaitAsync(TestTimeout));
        await sharedLock.EnterSharedAsync(default).WaitAsync(TestTimeout);
    }
}
