using PaletteEtl.Model;
using PaletteEtl.Pipeline;
using PaletteEtl.Telemetry;

namespace Etl.Tests.Support;

internal static class Reservations
{
    /// <summary>A reservation of nothing yet, of a budget.</summary>
    public static StageReservation Of(MemoryBudget budget) => new(
        budget, new StageMonitor("stage", parallelism: 1, capacity: 1, new EtlMetrics(new TestMeterFactory()), TimeProvider.System), started: 0);
}
