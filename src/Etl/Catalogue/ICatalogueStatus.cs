namespace PaletteEtl.Catalogue;

/// <summary>Counts what a catalogue holds. Safe for concurrent use.</summary>
public interface ICatalogueStatus
{
    /// <summary>Counts movies, missing palettes, dead letters and palettes of damaged covers, without holding up other users of the
    /// catalogue: what they change meanwhile may be counted or not.</summary>
    /// <exception cref="CatalogueException">The catalogue cannot be read.</exception>
    CatalogueStatus Read();
}
