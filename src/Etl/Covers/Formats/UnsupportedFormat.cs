namespace PaletteEtl.Covers.Formats;

/// <summary>A format that is recognised, so that a message can name it, but not decoded.</summary>
internal abstract class UnsupportedFormat(string name) : CoverFormat(name)
{
    public sealed override OpenedCover Open(Cover cover, in DecodeContext context) =>
        throw new CoverException(FailureReason.UnsupportedFormat, $"The cover is {Name}, which is not supported.");
}
