using PaletteEtl.Pipeline;

namespace Etl.Tests.Support;

internal static class Totals
{
    /// <summary>Sees that a run's totals add up, and that they are what the fakes counted themselves.</summary>
    public static void Balance(RunReport report, CountingSource source, RecordingSink sink)
    {
        Assert.Equal(
            report.Read,
            report.Written + report.DeadLetters + report.Superseded + report.Skipped + report.Abandoned);
        Assert.Equal(0, report.InFlight);
        Assert.Equal(source.ItemsRead, report.Read);
        Assert.Equal(sink.Palettes.Count, report.Written);
        Assert.Equal(sink.DeadLetters.Count, report.DeadLetters);
        Assert.Equal(sink.Superseded, report.Superseded);
        Assert.Equal(sink.Skipped, report.Skipped);
    }
}
