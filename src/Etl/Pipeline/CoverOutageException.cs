using System.Globalization;

namespace PaletteEtl.Pipeline;

/// <summary>A run ended because no location of covers could be used for as long as <c>Etl:Fetch:OutageTimeout</c>.</summary>
public sealed class CoverOutageException : Exception
{
    internal CoverOutageException(string cause, TimeSpan timeout)
        : base(string.Create(
            CultureInfo.InvariantCulture,
            $"No cover could be read for {timeout:g}: {cause}. Fix: restore it, correct Etl:Fetch:Locations, or raise "
            + $"Etl:Fetch:OutageTimeout; then run again, which continues with the palettes that are still missing."))
    {
    }
}
