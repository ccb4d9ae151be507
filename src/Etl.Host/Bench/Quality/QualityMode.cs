using Etl.Host.Configuration;

namespace Etl.Host.Bench.Quality;

/// <summary>A mode of palettes whose quality is measured.</summary>
internal sealed class QualityMode
{
    private const string Oklab = "Etl:Quantize:Algorithm=Oklab", FullSize = "Etl:Decode:Scale=Full";

    private readonly PaletteExtractor _extractor;
    private readonly PaletteExtractor _fullSize;

    /// <param name="name">The name in the table.</param>
    /// <param name="settings">The settings that differ from the defaults.</param>
    private QualityMode(string name, params string[] settings)
    {
        Name = name;
        _extractor = new PaletteExtractor(EtlConfiguration.OfDefaults(settings).Options);
        _fullSize = new PaletteExtractor(EtlConfiguration.OfDefaults([.. settings, FullSize]).Options);
    }

    public string Name { get; }

    /// <summary>Every mode, the default ways of decoding last.</summary>
    public static QualityMode[] All() =>
    [
        new("ColorThief"),
        new("Oklab, full size", Oklab, FullSize),
        new("Oklab, codecs", Oklab, "Etl:Decode:DcReader=false"),
        new("Oklab", Oklab),
    ];

    /// <exception cref="CoverException">The cover cannot be decoded.</exception>
    public CoverPalettes PalettesOf(ReadOnlySpan<byte> cover, IEnumerable<byte[]> reencoded) =>
        new(_extractor.Extract(cover), _fullSize.Extract(cover), [.. reencoded.Select(again => _extractor.Extract(again))]);
}
