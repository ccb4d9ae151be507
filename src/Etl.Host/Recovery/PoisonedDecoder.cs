using PaletteEtl.Covers;
using PaletteEtl.Model;
using PaletteEtl.Palettes;

namespace Etl.Host.Recovery;

/// <summary>Lets poison take effect before a cover is decoded, for tests.</summary>
internal sealed class PoisonedDecoder(ICoverDecoder decoder) : ICoverDecoder
{
    public ValueTask<ColorHistogram> DecodeAsync(Cover cover, Reservation reservation, CancellationToken cancellationToken)
    {
        Poison.TakeEffect(cover);
        return decoder.DecodeAsync(cover, reservation, cancellationToken);
    }
}
