namespace PaletteEtl.Covers.Formats.Jpeg;

/// <summary>Finds the ICC profile of a JPEG, in one or more segments (ICC.1:2010, annex B.4).</summary>
internal static class JpegIccProfile
{
    private const int NumberBytes = 2;

    private static ReadOnlySpan<byte> Signature => "ICC_PROFILE\0"u8;

    /// <summary>The bytes of the profile; none if there is no profile, or not all of its segments are there.</summary>
    public static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> data)
    {
        var markers = new JpegMarkers(data[2..]);
        byte[][]? parts = null;
        while (markers.TryNext() && markers.Marker is not (JpegMarker.Scan or JpegMarker.EndOfImage))
        {
            if (markers.Marker != JpegMarker.IccProfile || !markers.Segment.StartsWith(Signature) || markers.Segment.Length < Signature.Length + NumberBytes)
            {
                continue;
            }

            (int number, int count) = (markers.Segment[Signature.Length], markers.Segment[Signature.Length + 1]);
            ReadOnlySpan<byte> part = markers.Segment[(Signature.Length + NumberBytes)..];
            if (count == 1)
            {
                return part;
            }

            parts ??= new byte[count][];
            if (number > 0 && number <= parts.Length)
            {
                parts[number - 1] = part.ToArray();
            }
        }

        return parts is null || parts.Contains(null) ? [] : parts.SelectMany(static part => part).ToArray();
    }
}
