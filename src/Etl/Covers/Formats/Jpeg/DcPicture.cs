using System.Numerics;
using System.Runtime.Intrinsics;

namespace PaletteEtl.Covers.Formats.Jpeg;

/// <summary>A picture at an eighth or a quarter of its size, row by row. The samples of a component that has fewer are repeated.</summary>
/// <remarks>An eighth is as libjpeg decodes it, but for a component with half of the rows and half of the columns: both take more coefficients
/// of it, libjpeg all that count.</remarks>
internal sealed class DcPicture(JpegFrame frame)
{
    private const uint Opaque = 0xFF000000;

    private uint[] _pixels = [];

    public ColorModel Model { get; set; }

    public int Width => frame.Width;

    public int Height => frame.Height;

    /// <summary>Bytes that are held.</summary>
    public int Bytes => sizeof(uint) * _pixels.Length;

    /// <summary>The pixels of a row: red, green, blue, alpha from the low byte up. They hold until the next row.</summary>
    public ReadOnlySpan<uint> Row(int row)
    {
        int room = Width + Vector256<int>.Count;
        if (_pixels.Length < room)
        {
            _pixels = new uint[room];
        }

        SampleRow first = Samples(0, row), second = Samples(1, row), third = Samples(2, row), fourth = Samples(3, row);
        for (int x = 0; x < Width; x += Vector256<int>.Count)
        {
            Vector256<int> pixels = Model switch
            {
                ColorModel.Grey => Pixels(first.Eight(x), first.Eight(x), first.Eight(x)),
                ColorModel.YCbCr => OfYCbCr(first.Eight(x), second.Eight(x), third.Eight(x)),
                ColorModel.Cmyk => Inked(Pixels(first.Eight(x), second.Eight(x), third.Eight(x)), fourth.Eight(x)),
                _ => Inked(~OfYCbCr(first.Eight(x), second.Eight(x), third.Eight(x)), fourth.Eight(x)),
            };
            (pixels.AsUInt32() | Vector256.Create(Opaque)).CopyTo(_pixels.AsSpan(x));
        }

        return _pixels.AsSpan(0, Width);
    }

    /// <summary>A component's samples in a row of the picture; none of a component that there is not.</summary>
    private SampleRow Samples(int number, int row)
    {
        if (number >= frame.Components.Length)
        {
            return default;
        }

        JpegComponent component = frame.Components[number];
        (int across, int down) = frame.Pixels(component);
        return new SampleRow(
            component.Dc.SamplesFrom(row * component.Dc.Side / down), BitOperations.Log2((uint)(across / component.Dc.Side)));
    }

    /// <summary>With libjpeg's numbers of 16 bits behind the point, and its rounding.</summary>
    private static Vector256<int> OfYCbCr(Vector256<int> y, Vector256<int> cb, Vector256<int> cr)
    {
        var half = Vector256.Create(1 << 15);
        Vector256<int> blue = cb - Vector256.Create(128), red = cr - Vector256.Create(128);
        return Pixels(
            y + (((red * 91_881) + half) >> 16),
            y + ((half - (blue * 22_554) - (red * 46_802)) >> 16),
            y + (((blue * 116_130) + half) >> 16));
    }

    private static Vector256<int> Pixels(Vector256<int> red, Vector256<int> green, Vector256<int> blue) =>
        Channel(red) | (Channel(green) << 8) | (Channel(blue) << 16);

    private static Vector256<int> Channel(Vector256<int> values) =>
        Vector256.Clamp(values, Vector256<int>.Zero, Vector256.Create((int)byte.MaxValue));

    /// <summary>Each channel times black over 255, rounded, as Skia does.</summary>
    private static Vector256<int> Inked(Vector256<int> pixels, Vector256<int> black)
    {
        var mask = Vector256.Create((int)byte.MaxValue);
        return Over255((pixels & mask) * black)
            | (Over255(((pixels >> 8) & mask) * black) << 8)
            | (Over255(((pixels >> 16) & mask) * black) << 16);
    }

    private static Vector256<int> Over255(Vector256<int> products)
    {
        Vector256<int> rounded = products + Vector256.Create(128);
        return (rounded + (rounded >> 8)) >> 8;
    }
}
