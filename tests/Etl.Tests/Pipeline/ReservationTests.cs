using Microsoft.Extensions.Time.Testing;
using PaletteEtl.Model;
using PaletteEtl.Pipeline;
using PaletteEtl.Telemetry;

namespace Etl.Tests.Pipeline;

public sealed class ReservationTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly MemoryBudget _budget = new(100);

    [Fact]
    public async Task TakeAsync_ThenShrinkThenDispose_GivesEverythingBackOnce()
    {
        var reservation = new StageReservation(_budget, Monitor(), started: 0);

        await reservation.TakeAsync(80, default);
        reservation.Shrink(30);
        long shrunk = _budget.Taken;
        reservation.Shrink(50); // never more than it has
        reservation.Dispose();
        reservation.Dispose();

        Assert.Equal(30, shrunk);
        Assert.Equal(0, _budget.Taken);
    }

    [Fact]
    public async Task TakeAsync_BytesAreHeld_IsRefusedUntilTheyAreGivenBack()
    {
        using var reservation = Reservation.WithLimit(100);
        await reservation.TakeAsync(10, default);

        await Assert.ThrowsAsync<InvalidOperationException>(() => reservation.TakeAsync(10, default).AsTask());

        reservation.Shrink(0);
        await reservation.TakeAsync(100, default);
        Assert.Equal((100, 0), (reservation.Bytes, reservation.Free));
    }

    [Fact]
    public async Task TakeAsync_BytesThatNobodyCanTake_IsRefused()
    {
        using var reservation = Reservation.WithLimit(100);

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => reservation.TakeAsync(101, default).AsTask());
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => reservation.TakeAsync(-1, default).AsTask());
        Assert.Throws<ArgumentOutOfRangeException>(() => reservation.Shrink(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Reservation.WithLimit(-1));
        Assert.Equal((0, 100), (reservation.Bytes, reservation.Free));
    }

    [Fact]
    public async Task TakeAsync_HasToWait_KeepsTheTimeApart()
    {
        _budget.TryTake(100);
        var reservation = new StageReservation(_budget, Monitor(), started: 0);

        Task taking = reservation.TakeAsync(10, default).AsTask();
        _clock.Advance(TimeSpan.FromSeconds(3));
        _budget.Return(100);
        await taking.WaitAsync(TestTimeout);

        Assert.Equal(3 * _clock.TimestampFrequency, reservation.Waited);
        Assert.Equal(10, reservation.Bytes);
    }

    [Fact]
    public async Task TakeAsync_CancelledWhileWaiting_HoldsNothing()
    {
        using var cancel = new CancellationTokenSource();
        _budget.TryTake(100);
        var reservation = new StageReservation(_budget, Monitor(), started: 0);

        Task taking = reservation.TakeAsync(10, cancel.Token).AsTask();
        await cancel.CancelAsync();

        await Assert.ThrowsAsync<TaskCanceledException>(() => taking.WaitAsync(TestTimeout));
        reservation.Dispose();
        Assert.Equal(100, _budget.Taken);
    }

    private StageMonitor Monitor()
    {
        var monitor = new StageMonitor("stage", parallelism: 1, capacity: 1, new EtlMetrics(new TestMeterFactory()), _clock);
        monitor.Start(_clock.GetTimestamp());
        monitor.ItemStarted();
        return monitor;
    }
}
