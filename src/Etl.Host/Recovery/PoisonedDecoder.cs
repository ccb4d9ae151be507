using PaletteEtl.Covers;

namespace Etl.Host.Recovery;

/// <summary>Lets poison take effect before a cover is decoded, for tests.</summary>
internal sealed class PoisonedDecoder(ICoverDecoder decoder) : ICoverDecoder
{
    public ValueTask<DecodedCover> DecodeAsync(Item<Cover> item, Reservation memory, CancellationToken cancellationToken)
    {
        Poison.TakeEffect(item.Value!);
        return decoder.DecodeAsync(item, memory, cancellationToken);
    }
}
