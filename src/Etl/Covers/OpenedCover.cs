using PaletteEtl.Palettes;
using SkiaSharp;

namespace PaletteEtl.Covers;

/// <summary>A cover whose header has been read, and whose pixels have not.</summary>
/// <param name="cover">The cover, the caller's to dispose.</param>
/// <param name="width">Pixels of a row.</param>
/// <param name="height">Rows.</param>
/// <param name="needed">Bytes that the pixels and the codec will take.</param>
internal abstract class OpenedCover(Cover cover, int width, int height, long needed) : IDisposable
{
    public int Width => width;

    public int Height => height;

    public long Needed => needed;

    /// <summary>The damage that was found in a cover that has pixels all the same; null when none was.</summary>
    public string? Damage { get; protected set; }

    /// <summary>The profile from which the sampled colours are converted; null if they are sRGB, or not to be converted.</summary>
    public virtual ColorProfile? Profile => null;

    protected Cover Cover => cover;

    protected abstract CoverFormat Format { get; }

    /// <summary>Decodes the pixels and counts them. Returns the decoder, and the size that it decoded.</summary>
    /// <exception cref="CoverException">The cover is damaged or ends too early.</exception>
    public abstract CoverDecoding Sample(Sampling sampling, PixelCounter pixels);

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

    /// <summary>Begins to count the pixels of the cover.</summary>
    /// <param name="pixels">Where they are counted.</param>
    /// <param name="sampling">Which of them are.</param>
    /// <param name="decoder">The decoder.</param>
    /// <param name="decoded">The size that it decodes.</param>
    /// <param name="decoding">How the cover is decoded.</param>
    protected PixelRows Begin(PixelCounter pixels, Sampling sampling, string decoder, SKSizeI decoded, out CoverDecoding decoding)
    {
        int step = sampling.StepOver(decoded.Width, decoded.Height);
        int cellSide = Sampling.CellSideOver(Width, Height, decoded.Width);
        decoding = new CoverDecoding(
            decoder, Format.Name, Width, Height, decoded.Width, decoded.Height, pixels.Histogram.HasCounts ? step : cellSide);
        return pixels.Begin(decoded.Width, decoded.Height, step, cellSide);
    }

    /// <summary>Notes damage of a cover that has pixels all the same.</summary>
    /// <exception cref="CoverException">Damaged covers are refused.</exception>
    protected void NoteDamage(string what, bool isStrict)
    {
        if (Damage is null)
        {
            CoverException damage = Undecodable(what);
            Damage = isStrict ? throw damage : damage.Message;
        }
    }

    protected CoverException Undecodable(string what, Exception? cause = null) => Format.Undecodable(cover, what, cause);
}
