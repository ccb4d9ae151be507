using Etl.Fetch;
using Etl.Pipeline;

namespace Etl.Decode;

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
    public abstract void Sample(int step, ColorHistogram histogram);

    public abstract void Dispose();

    protected static CoverException Undecodable(Cover cover, CoverFormat format, string what, Exception? cause = null) =>
        CoverSignature.HasEnd(cover.Data.GetSpan(), format)
            ? new(FailureReason.Corrupt, $"The cover is a damaged {format.Name()}: {what}.", cause)
            : new(FailureReason.Truncated, $"The cover is a {format.Name()} that ends too early: {what}.", cause);
}
