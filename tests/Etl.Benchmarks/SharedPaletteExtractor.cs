using System.Text;
using PaletteEtl.Hosting;
using PaletteEtl.Palettes;

namespace Etl.Benchmarks;

/// <summary>Palettes of covers with the shares of their colours, as a catalogue with a column of shares has them.</summary>
internal sealed class SharedPaletteExtractor(QuantizeAlgorithm algorithm)
{
    private readonly PaletteExtractor _extractor = new(new EtlOptions
    {
        Quantize = { Algorithm = algorithm },
        Decode = { MaxPixels = 40_000_000 },
        Columns = { Population = "population" },
    });

    public Palette Extract(byte[] cover)
    {
        ExtractedPalette extracted = _extractor.Examine(cover);
        return SharesJson.Add(extracted.Palette, Encoding.UTF8.GetBytes((string)extracted.Columns[0].Value));
    }
}
