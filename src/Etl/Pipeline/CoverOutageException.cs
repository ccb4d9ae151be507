using System.Globalization;

namespace PaletteEtl.Pipeline;

/// <summary>A run ended because no location of covers could be used: at its start, or for as long as <c>Etl:Fetch:OutageTimeout</c>.</summary>
public sealed class CoverOutageException : Exception
{
    private CoverOutageException(string message)
        : base(message)
    {
    }

    /// <summary>The outage lasted for as long as the options allow.</summary>
    internal static CoverOutageException Of(string cause, TimeSpan timeout) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"No cover could be read for {timeout:g}: {cause}. Fix: restore it, correct Etl:Fetch:Locations, or raise "
        + $"Etl:Fetch:OutageTimeout; then run again, which continues with the palettes that are still missing."));

    /// <summary>The outage was there before any location had answered.</summary>
    internal static CoverOutageException AtStart(string cause, TimeSpan timeout) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"No cover can be read: {cause}. Fix: correct Etl:Fetch:Locations, or set Etl:Fetch:WaitAtStart to true, so that the run waits "
        + $"for up to Etl:Fetch:OutageTimeout ({timeout:g})."));
}
