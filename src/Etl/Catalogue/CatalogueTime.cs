using System.Globalization;

namespace PaletteEtl.Catalogue;

/// <summary>Times as a catalogue stores them: ISO 8601 in UTC.</summary>
internal static class CatalogueTime
{
    public static string Format(DateTimeOffset time) => time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    /// <summary>A time as <see cref="Format"/> writes it; null when it is none.</summary>
    public static DateTimeOffset? Parse(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? time : null;
}
