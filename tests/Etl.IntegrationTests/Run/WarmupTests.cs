using System.Diagnostics.Metrics;
using Etl.Host.Run;
using PaletteEtl.Telemetry;

namespace Etl.IntegrationTests.Run;

public sealed class WarmupTests
{
    /// <summary>A problem in it would go unnoticed, as nobody awaits it.</summary>
    [Fact]
    public void Run_Alone_FindsNoProblem()
    {
        string[] before = Directory.GetFileSystemEntries(Environment.CurrentDirectory);

        Warmup.Run();

        Assert.Equal(before, Directory.GetFileSystemEntries(Environment.CurrentDirectory));
    }

    [Fact]
    public void Run_SomebodyListensToTheRunsMeters_IsNotHeard()
    {
        int heard = 0, thread = 0; // other tests have such meters too
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
                heard += instrument.Meter.Name == EtlTelemetry.MeterName && Environment.CurrentManagedThreadId == thread ? 1 : 0,
        };
        listener.Start();
        thread = Environment.CurrentManagedThreadId;

        Warmup.Run();

        Assert.Equal(0, heard);
    }
}
