namespace PaletteEtl.Covers.Formats.Avif;

/// <summary>Where the pixels of a picture are in its decoded frame: turns, mirrors and crops (ISO/IEC 23008-12, 6.5.9 to 6.5.12).</summary>
/// <param name="Width">Pixels of a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="First">The place of the first pixel in the frame.</param>
/// <param name="Right">The distance in the frame of a pixel and the next to its right.</param>
/// <param name="Down">The distance in the frame of a pixel and the one below.</param>
internal readonly record struct Placement(int Width, int Height, int First, int Right, int Down)
{
    /// <summary>Whether the picture is the frame.</summary>
    public bool IsWhole => First == 0 && Right == 1 && Down == Width;

    /// <summary>A picture that is its frame.</summary>
    public static Placement Of(int width, int height) => new(width, height, First: 0, Right: 1, Down: width);

    /// <summary>The placement after the properties of an item; null when one is not understood.</summary>
    public static Placement? After(Placement before, ReadOnlySpan<byte> file, AvifItem item)
    {
        Placement? placement = before;
        foreach (Box property in item.Properties)
        {
            placement = (placement, property.Type) switch
            {
                ({ } present, BoxType.Irot) => present.Turned(property.Fields(file)),
                ({ } present, BoxType.Imir) => present.Mirrored(property.Fields(file)),
                ({ } present, BoxType.Clap) => present.Cropped(property.Fields(file)),
                _ => placement,
            };
        }

        return placement;
    }

    /// <summary>Copies a row.</summary>
    /// <param name="frame">The pixels of the frame.</param>
    /// <param name="row">The row of the picture.</param>
    /// <param name="pixels">Where its pixels go.</param>
    public void CopyRow(ReadOnlySpan<uint> frame, int row, Span<uint> pixels)
    {
        int at = First + (row * Down);
        for (int x = 0; x < Width; x++, at += Right)
        {
            pixels[x] = frame[at];
        }
    }

    /// <summary>Turned by quarters against the clock.</summary>
    private Placement? Turned(Fields fields)
    {
        int quarters = fields.UInt8(), right = (Width - 1) * Right, down = (Height - 1) * Down;
        return (quarters, fields.IsExhausted) switch
        {
            (0, true) => this,
            (1, true) => new Placement(Height, Width, First + right, Down, -Right),
            (2, true) => new Placement(Width, Height, First + right + down, -Right, -Down),
            (3, true) => new Placement(Height, Width, First + down, -Down, Right),
            _ => null,
        };
    }

    private Placement? Mirrored(Fields fields)
    {
        int axis = fields.UInt8();
        return (axis, fields.IsExhausted) switch
        {
            (0, true) => this with { First = First + ((Height - 1) * Down), Down = -Down },
            (1, true) => this with { First = First + ((Width - 1) * Right), Right = -Right },
            _ => null,
        };
    }

    /// <summary>Cropped from an even column and an even row on, where a sample of chroma begins.</summary>
    private Placement? Cropped(Fields fields)
    {
        (long width, long height) = (Whole(ref fields), Whole(ref fields));
        (long right, long down) = (Twice(ref fields), Twice(ref fields)); // from the middle of the frame to that of the picture
        long twiceLeft = Width - width + right, twiceTop = Height - height + down, left = twiceLeft / 2, top = twiceTop / 2;
        bool isWithin = width > 0 && height > 0 && twiceLeft >= 0 && twiceTop >= 0 && twiceLeft % 4 == 0 && twiceTop % 4 == 0
            && left + width <= Width && top + height <= Height;
        return isWithin && fields.IsExhausted
            ? this with { Width = (int)width, Height = (int)height, First = First + (int)((left * Right) + (top * Down)) }
            : null;
    }

    /// <summary>A fraction that is a whole number; else -1.</summary>
    private static long Whole(ref Fields fields)
    {
        (uint number, uint divisor) = (fields.UInt32(), fields.UInt32());
        return divisor == 1 ? number : -1;
    }

    /// <summary>Twice a fraction, if that is a whole number; else so little that no picture is that large.</summary>
    private static long Twice(ref Fields fields)
    {
        (long number, uint divisor) = ((int)fields.UInt32(), fields.UInt32());
        return divisor switch { 1 => 2 * number, 2 => number, _ => int.MinValue };
    }
}
