using PaletteEtl.Covers;
using PaletteEtl.Covers.Formats;
using PaletteEtl.Palettes;
using SkiaSharp;

namespace Etl.Host.Bench;

/// <summary>How far a cover's pixels are from the nearest colour of a palette, on average: OKLab distance times 100.</summary>
internal sealed class PaletteError
{
    private const int Step = 7;
    private const int OpaqueFrom = 125;

    private static readonly float[] Ones = [.. Enumerable.Range(0, OklabPalette.Room).Select(i => i < Palette.MaxColors ? 1f : 0)];

    private readonly Rgb[] _pixels;

    /// <summary>Of every seventh opaque pixel of the cover at its full size.</summary>
    public PaletteError(Cover cover)
    {
        using OpenedCover opened = Open(cover);
        using SKBitmap bitmap = opened.Shrink(new SKSizeI(opened.Width, opened.Height));
        _pixels =
        [
            .. bitmap.Pixels
                .Where((pixel, i) => i % Step == 0 && pixel.Alpha >= OpaqueFrom)
                .Select(pixel => new Rgb(pixel.Red, pixel.Green, pixel.Blue)),
        ];
    }

    public double Of(Palette palette)
    {
        var (colors, pixels) = (new OklabPalette(), new OklabPalette());
        colors.Set(palette);
        double sum = 0;
        foreach (Rgb[] some in _pixels.Chunk(Palette.MaxColors)) // in the form of palettes, whose distances are known
        {
            pixels.Set(new Palette(some));
            sum += pixels.DistanceToNearest(colors, [.. Ones.Select((one, i) => i < some.Length ? one : 0)]);
        }

        return 100 * sum / Math.Max(1, _pixels.Length);
    }

    private static OpenedCover Open(Cover cover)
    {
        var deadline = new Deadline(TimeSpan.MaxValue, TimeProvider.System);
        return CoverFormat.Find(CoverFormats.All, cover.Data.GetSpan())!
            .Open(cover, new DecodeContext(new DecodeOptions(), default, long.MaxValue, long.MaxValue, deadline));
    }
}
