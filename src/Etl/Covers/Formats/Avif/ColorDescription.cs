namespace PaletteEtl.Covers.Formats.Avif;

/// <summary>How colours are coded (ITU-T H.273).</summary>
/// <param name="Matrix">The matrix coefficients.</param>
/// <param name="IsFull">Whether samples use their full range.</param>
internal readonly record struct ColorDescription(int Matrix, bool IsFull)
{
    /// <summary>Whether samples are green, blue and red.</summary>
    public bool IsIdentity => Matrix == 0;

    /// <summary>Whether colours coded so are converted here: identity at full range, BT.709, unspecified, BT.601 and BT.2020.</summary>
    public bool IsKnown => Matrix is 1 or 2 or 5 or 6 or 9 || (IsIdentity && IsFull);

    /// <summary>The factors of the difference of red and luma in red and in green, and of the difference of blue and luma in green and
    /// in blue.</summary>
    public (float RedOfRed, float GreenOfRed, float GreenOfBlue, float BlueOfBlue) Factors => Matrix switch
    {
        1 => Of(red: 0.2126f, blue: 0.0722f),
        2 => (1.402f, -0.714136f, -0.344136f, 1.772f), // BT.601, rounded as libheif has it
        9 => Of(red: 0.2627f, blue: 0.0593f),
        _ => Of(red: 0.299f, blue: 0.114f),
    };

    /// <summary>The description of an item, or else of its coded data; null when one is not understood.</summary>
    public static ColorDescription? Of(ReadOnlySpan<byte> file, AvifItem item, IReadOnlyList<IReadOnlyList<Range>> tiles)
    {
        ColorDescription? description = null;
        foreach (Box property in item.Properties.FindAll(static property => property.Type == BoxType.Colr))
        {
            Fields fields = property.Fields(file);
            uint type = fields.UInt32();
            if (type == BoxType.Nclx && description is null && Read(fields) is { } read)
            {
                description = read;
            }
            else if (type is not (BoxType.Prof or BoxType.RestrictedProfile))
            {
                return null;
            }
        }

        return description ?? OfCoded(file, tiles);
    }

    /// <summary>The factors by the shares of red and blue in luma, Kr and Kb.</summary>
    private static (float RedOfRed, float GreenOfRed, float GreenOfBlue, float BlueOfBlue) Of(float red, float blue)
    {
        float green = blue + red - 1;
        return (2 * (1 - red), 2 * red * (1 - red) / green, 2 * blue * (1 - blue) / green, 2 * (1 - blue));
    }

    private static ColorDescription? Read(Fields fields)
    {
        fields.UInt32(); // primaries and transfer characteristics
        var read = new ColorDescription(fields.UInt16(), fields.UInt8() >= 0x80);
        return fields.IsExhausted && read.IsKnown ? read : null;
    }

    /// <summary>The description in the coded data of the frames, which is the same in all.</summary>
    private static ColorDescription? OfCoded(ReadOnlySpan<byte> file, IReadOnlyList<IReadOnlyList<Range>> tiles)
    {
        ColorDescription? first = SequenceHeader.Read(file[tiles[0][0]]);
        foreach (IReadOnlyList<Range> tile in tiles)
        {
            if (SequenceHeader.Read(file[tile[0]]) != first)
            {
                return null;
            }
        }

        return first;
    }
}
