using PaletteEtl.Covers.Formats;
using PaletteEtl.Model;
using PaletteEtl.Palettes;
using SkiaSharp;

namespace PaletteEtl.Covers;

/// <summary>A cover whose header has been read, and whose pixels have not.</summary>
/// <param name="width">Pixels of a row.</param>
/// <param name="height">Rows.</param>
/// <param name="needed">Bytes that the pixels and the codec will take.</param>
internal abstract class OpenedCover(int width, int height, long needed) : IDisposable
{
    public int Width => width;

    public int Height => height;

    public long Needed => needed;

    /// <summary>Decodes the pixels and counts every so many of them, over the whole picture in row-major order.</summary>
    /// <exception cref="CoverException">The cover is damaged or ends too early.</exception>
    public abstract void Sample(Sampling sampling, ColorHistogram histogram);

    /// <summary>Decodes the pixels at a scale at which they fit into a box; a picture that fits stays as large as it is.</summary>
    /// <exception cref="CoverException">The cover is damaged or ends too early.</exception>
    public abstract SKBitmap Shrink(SKSizeI box);

    public abstract void Dispose();

    /// <summary>The size of the whole picture in a box, in its own proportions.</summary>
    protected SKSizeI Fit(SKSizeI box)
    {
        double scale = Math.Min(1, Math.Min((double)box.Width / Width, (double)box.Height / Height));
        return new SKSizeI(Math.Max(1, (int)Math.Round(Width * scale)), Math.Max(1, (int)Math.Round(Height * scale)));
    }

    /// <summary>Notes damage of a cover that has pixels all the same.</summary>
    /// <exception cref="CoverException">Damaged covers are refused.</exception>
    protected static void NoteDamage(Cover cover, CoverFormat format, string what, bool isStrict, ColorHistogram histogram)
    {
        CoverException damage = Undecodable(cover, format, what);
        histogram.Damage ??= isStrict ? throw damage : damage.Message;
    }

    protected static CoverException Undecodable(Cover cover, CoverFormat format, string what, Exception? cause = null) =>
        CoverSignature.HasEnd(cover.Data.GetSpan(), format)
            ? new(FailureReason.Corrupt, $"The cover is a damaged {format.Name()}: {what}.", cause)
            : new(FailureReason.Truncated, $"The cover is a {format.Name()} that ends too early: {what}.", cause);
}
