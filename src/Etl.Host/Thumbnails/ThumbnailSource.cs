using Microsoft.Extensions.Options;
using PaletteEtl.Covers;
using PaletteEtl.Covers.Formats;
using SkiaSharp;

namespace Etl.Host.Thumbnails;

/// <summary>Makes small pictures of covers, fetched and decoded under the limits of a run. For many callers at once.</summary>
internal sealed class ThumbnailSource(ICoverSource covers, IOptions<EtlOptions> options, TimeProvider clock)
{
    private const int Quality = 75;

    private readonly CoverDecoder _decoder = CoverFormats.CreateDecoder(options.Value.Decode, needs: default, clock);
    private readonly MemoryBudget _encoded = new(options.Value.Fetch.MemoryBudgetBytes);
    private readonly MemoryBudget _decoded = new(options.Value.Decode.MemoryBudgetBytes);

    /// <summary>The box that a thumbnail fits into.</summary>
    public static SKSizeI Box { get; } = new(width: 360, height: 240);

    /// <summary>A movie's thumbnail; null when its cover is not there, or not one that can be decoded.</summary>
    public async Task<Thumbnail?> TryMakeAsync(Movie movie, CancellationToken cancellationToken)
    {
        using var fetched = new Reservation(_encoded);
        using var decoded = new Reservation(_decoded);
        try
        {
            Cover cover = (await covers.FetchAsync(movie, fetched, cancellationToken)).Cover!;
            using SKBitmap picture = await _decoder.ShrinkAsync(cover, decoded, Box, cancellationToken);
            using SKData encoded = picture.Encode(SKEncodedImageFormat.Webp, Quality);
            return new Thumbnail(encoded.ToArray(), picture.Width, picture.Height);
        }
        catch (Exception error) when (error is not (OutOfMemoryException or OperationCanceledException))
        {
            return null;
        }
    }
}
