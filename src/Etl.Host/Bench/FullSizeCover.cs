using PaletteEtl.Covers;
using PaletteEtl.Covers.Formats;
using SkiaSharp;

namespace Etl.Host.Bench;

/// <summary>A cover decoded at its full size by the pipeline's decoder, in the colours that a browser shows.</summary>
internal sealed class FullSizeCover(SKBitmap bitmap) : IDisposable
{
    private const int OpaqueFrom = 125;

    public SKBitmap Bitmap => bitmap;

    public SKColor[] Pixels { get; } = bitmap.Pixels;

    /// <summary>Whether a pixel counts, as in the pipeline.</summary>
    public static bool IsOpaque(int alpha) => alpha >= OpaqueFrom;

    /// <exception cref="CoverException">The cover cannot be decoded.</exception>
    public static FullSizeCover Decode(Cover cover)
    {
        var deadline = new Deadline(TimeSpan.MaxValue, TimeProvider.System);
        using OpenedCover opened = CoverFormat.Find(CoverFormats.All, cover.Data.GetSpan())!
            .Open(cover, new DecodeContext(new DecodeOptions(), default, long.MaxValue, long.MaxValue, deadline));
        return new FullSizeCover(opened.Shrink(new SKSizeI(opened.Width, opened.Height)));
    }

    public void Dispose() => bitmap.Dispose();
}
