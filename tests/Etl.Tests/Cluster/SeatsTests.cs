using Etl.Cluster.Workers;

namespace Etl.Tests.Cluster;

public sealed class SeatsTests
{
    [Fact]
    public async Task TakeAllAsync_SeatIsTaken_WaitsForItAndThenNobodyGetsOne()
    {
        using var seats = new Seats(2);
        await seats.TakeAsync(default);

        Task<bool> all = seats.TakeAllAsync(static () => true, default);
        Task another = seats.TakeAsync(default);
        bool early = all.IsCompleted;
        seats.Leave();

        Assert.False(early);
        Assert.True(await all.WaitAsync(TestTimeout));
        Assert.False(another.IsCompleted);
        seats.LeaveAll();
        await another.WaitAsync(TestTimeout);
    }

    [Fact]
    public async Task TakeAllAsync_NotNeededAnyMore_WaitsForNobody()
    {
        using var seats = new Seats(2);
        await seats.TakeAsync(default);

        Assert.False(await seats.TakeAllAsync(static () => false, default).WaitAsync(TestTimeout));
        await seats.TakeAsync(default).WaitAsync(TestTimeout);
    }

    [Fact]
    public async Task TakeAllAsync_GivesUp_LeavesTheSeatsItHasTaken()
    {
        using var seats = new Seats(2);
        using var cancel = new CancellationTokenSource();
        await seats.TakeAsync(default);
        Task<bool> all = seats.TakeAllAsync(static () => true, cancel.Token);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => all.WaitAsync(TestTimeout));
        await seats.TakeAsync(default).WaitAsync(TestTimeout);
    }
}
