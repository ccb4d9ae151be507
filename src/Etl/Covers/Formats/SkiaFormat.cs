namespace PaletteEtl.Covers.Formats;

/// <summary>A format that Skia decodes.</summary>
internal abstract class SkiaFormat(string name) : CoverFormat(name)
{
    /// <summary>The value of a pixel where the codec has no data and does not fail; null when it fails.</summary>
    public virtual uint? Filler => null;

    /// <summary>Whether the codec reads through a stream, so that it can be stopped: one that is not asked for rows.</summary>
    public virtual bool IsStreamed(ReadOnlySpan<byte> data) => false;

    /// <summary>Bytes that the pixels and the codec take: what is held for the whole picture.</summary>
    /// <param name="data">The encoded bytes.</param>
    /// <param name="pixels">Pixels of the picture.</param>
    /// <param name="acceptsPart">Whether the picture is decoded without its end.</param>
    /// <param name="isChecked">Whether <see cref="FindDamage"/> looks for damage that takes time to find.</param>
    public virtual long NeededBytes(ReadOnlySpan<byte> data, long pixels, bool acceptsPart, bool isChecked) =>
        pixels * PixelBuffer.PixelBytes;

    /// <summary>The damage that Skia does not report; null when none is found, or the format has nothing to find it by.</summary>
    /// <param name="data">The encoded bytes.</param>
    /// <param name="hasEnd">Whether the container has its end.</param>
    /// <param name="isChecked">Whether damage is looked for that takes time to find.</param>
    public virtual string? FindDamage(ReadOnlySpan<byte> data, bool hasEnd, bool isChecked) => null;

    /// <summary>Fills in pixels around the first frame as the reference does; the codec leaves them transparent.</summary>
    /// <param name="data">The encoded bytes.</param>
    /// <param name="pixels">The pixels of the whole picture, red, green, blue, alpha from the low byte up.</param>
    public virtual void FillAroundFrame(ReadOnlySpan<byte> data, Span<uint> pixels)
    {
    }

    public override OpenedCover Open(Cover cover, in DecodeContext context) =>
        SkiaCover.Open(cover, this, context.Options, context.Deadline, isChecked: false);
}
