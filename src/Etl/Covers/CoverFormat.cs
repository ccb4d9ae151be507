namespace PaletteEtl.Covers;

/// <summary>A format of covers, which the content tells and never the name. Used concurrently.</summary>
/// <param name="name">The name in messages.</param>
internal abstract class CoverFormat(string name)
{
    public string Name => name;

    /// <summary>Whether a file's first bytes are those of the format.</summary>
    public abstract bool Matches(ReadOnlySpan<byte> data);

    /// <summary>Whether the file reaches the end of its container, found by walking what the container is made of: bytes that
    /// look like an end also occur within. A file without it was cut off.</summary>
    public virtual bool HasEnd(ReadOnlySpan<byte> data) => true;

    /// <summary>The width and height that the header promises, for headers that a codec refuses: some do so because of the
    /// size. Zero where the header does not say.</summary>
    public virtual (long Width, long Height) PromisedSize(ReadOnlySpan<byte> data) => (0, 0);

    /// <summary>Reads the header of a cover, which stays the caller's to dispose.</summary>
    /// <exception cref="CoverException">The format is not supported, or the header cannot be read.</exception>
    public abstract OpenedCover Open(Cover cover, in DecodeContext context);

    /// <summary>The first of the formats that the content matches; null when none does.</summary>
    public static CoverFormat? Find(CoverFormat[] formats, ReadOnlySpan<byte> data)
    {
        foreach (CoverFormat format in formats)
        {
            if (format.Matches(data))
            {
                return format;
            }
        }

        return null;
    }

    /// <summary>The failure of a damaged cover, or of one that ends too early.</summary>
    public CoverException Undecodable(Cover cover, string what, Exception? cause = null) => HasEnd(cover.Data.GetSpan())
        ? new(FailureReason.Corrupt, $"The cover is a damaged {Name}: {what}.", cause)
        : new(FailureReason.Truncated, $"The cover is a {Name} that ends too early: {what}.", cause);
}
