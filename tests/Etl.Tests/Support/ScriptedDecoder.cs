using System.Collections.Concurrent;
using PaletteEtl.Covers;
using PaletteEtl.Model;
using PaletteEtl.Palettes;

namespace Etl.Tests.Support;

/// <summary>Decodes the covers of <see cref="ScriptedCovers"/> into histograms that hold the movie's number.</summary>
internal sealed class ScriptedDecoder(Script script, ConcurrentBag<ColorHistogram> histograms) : ICoverDecoder
{
    public const int PixelBytes = 100;

    public async ValueTask<DecodedCover> DecodeAsync(Item<Cover> item, Reservation memory, CancellationToken cancellationToken)
    {
        Cover cover = item.Value!;
        try
        {
            using (memory)
            {
                await memory.TakeAsync(PixelBytes, cancellationToken);
                int number = ScriptedCovers.Number(cover);
                await script(number, cancellationToken);
                var histogram = new ColorHistogram { White = number };
                histograms.Add(histogram);
                return new DecodedCover(histogram, Damage: null);
            }
        }
        finally
        {
            cover.Dispose();
        }
    }
}
