namespace PaletteEtl.Covers.Formats.Jpeg;

/// <summary>Finds what a JPEG's components mean as libjpeg does: from the segments of JFIF and Adobe, or else from their ids.</summary>
internal sealed class JpegColors
{
    private const byte NoTransform = 0;

    private bool _isJfif;
    private byte? _transform;

    public void Clear() => (_isJfif, _transform) = (false, null);

    /// <summary>Notes a segment of JFIF or Adobe, if it is one.</summary>
    public void Note(byte marker, ReadOnlySpan<byte> segment)
    {
        const int JfifBytes = 14, AdobeBytes = 12;
        if (marker == JpegMarker.Jfif)
        {
            _isJfif |= segment.Length >= JfifBytes && segment.StartsWith("JFIF\0"u8);
        }
        else if (segment.Length >= AdobeBytes && segment.StartsWith("Adobe"u8))
        {
            _transform = segment[AdobeBytes - 1];
        }
    }

    /// <summary>The colour model of the components; unknown when this decoder does not support it.</summary>
    public ColorModel Choose(ReadOnlySpan<JpegComponent> components) => components.Length switch
    {
        1 => ColorModel.Grey,
        3 when IsYCbCr(components) => ColorModel.YCbCr,
        4 => _transform is null or NoTransform ? ColorModel.Cmyk : ColorModel.Ycck,
        _ => ColorModel.Unknown,
    };

    private bool IsYCbCr(ReadOnlySpan<JpegComponent> components) => _isJfif
        || (_transform is { } transform
            ? transform != NoTransform
            : (components[0].Id, components[1].Id, components[2].Id) != ('R', 'G', 'B'));
}
