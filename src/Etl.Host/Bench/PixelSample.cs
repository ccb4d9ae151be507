using System.Runtime.InteropServices;
using PaletteEtl.Covers;
using PaletteEtl.Palettes;

namespace Etl.Host.Bench;

/// <summary>The colours of every seventh pixel of a cover, each with the number of its pixels. Transparent pixels do not count.</summary>
internal sealed class PixelSample
{
    private const int Step = 7;

    private readonly Dictionary<Rgb, int> _counts = [];

    public PixelSample(FullSizeCover cover)
    {
        for (int i = 0; i < cover.Pixels.Length; i += Step)
        {
            if (FullSizeCover.IsOpaque(cover.Pixels[i].Alpha))
            {
                var color = new Rgb(cover.Pixels[i].Red, cover.Pixels[i].Green, cover.Pixels[i].Blue);
                CollectionsMarshal.GetValueRefOrAddDefault(_counts, color, out _)++;
                Pixels++;
            }
        }
    }

    public int Pixels { get; private set; }

    public IReadOnlyDictionary<Rgb, int> Counts => _counts;

    /// <exception cref="CoverException">The cover cannot be decoded.</exception>
    public static PixelSample Of(Cover cover)
    {
        using var decoded = FullSizeCover.Decode(cover);
        return new PixelSample(decoded);
    }
}
