using PaletteEtl.Covers;
using PaletteEtl.Model;
using PaletteEtl.Palettes;

namespace Etl.Tests.Covers;

/// <summary>Decoding ends between rows of pixels when its call is cancelled.</summary>
public sealed class CancelledDecodingTests
{
    private const int Side = 1_024;

    [Theory]
    [InlineData(QuantizeAlgorithm.ColorThief)]
    [InlineData(QuantizeAlgorithm.Oklab)]
    public async Task DecodeAsync_CancelledBetweenRows_ReadsNoFurther(QuantizeAlgorithm algorithm)
    {
        int whole = await CountAsync(algorithm, int.MaxValue, CancellationToken.None);
        using var cancel = new CancellationTokenSource();

        int asked = 0;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => CountAsync(algorithm, whole / 2, cancel.Token, () => cancel.Cancel(), count => asked = count));

        Assert.InRange(whole, Side / 64, int.MaxValue); // the deadline is looked at every few rows
        Assert.InRange(asked, whole / 2, (whole / 2) + 1);
    }

    /// <summary>Decodes a picture and counts how often the deadline asks for the time.</summary>
    private static async Task<int> CountAsync(
        QuantizeAlgorithm algorithm, int at, CancellationToken cancellationToken, Action? reached = null, Action<int>? counted = null)
    {
        int asked = 0;
        var clock = new AskedClock(() =>
        {
            asked++;
            counted?.Invoke(asked);
            if (asked == at)
            {
                reached?.Invoke();
            }
        });
        CoverDecoder decoder = Decoders.Of(new DecodeOptions(), algorithm, clock);
        using var cover = Cover.Of(Pictures.Stripes(Side), new CoverVersion(Size: null, Modified: null, ETag: null));
        using var memory = Reservation.WithLimit(64 << 20);
        using DecodedCover decoded = await decoder.DecodeAsync(cover, memory, cancellationToken);
        return asked;
    }

    private sealed class AskedClock(Action asked) : TimeProvider
    {
        public override long GetTimestamp()
        {
            asked();
            return 0;
        }
    }
}
