using System.Buffers.Binary;

namespace PaletteEtl.Covers.Formats.Jpeg;

/// <summary>The frame of a JPEG: its size, and its components.</summary>
internal sealed class JpegFrame
{
    public const int MaxComponents = 4;

    private const int BlockSide = 8;
    private const int HeaderBytes = 6;
    private const int ComponentBytes = 3;
    private const int Precision = 8;

    /// <summary>The longest side that libjpeg takes.</summary>
    private const int MaxSide = 65_500;

    private readonly JpegComponent[] _components = [new(), new(), new(), new()];
    private int _count, _blocksWide, _blocksHigh;

    public bool IsDefined => _count > 0;

    public bool IsProgressive { get; private set; }

    /// <summary>Pixels of a side of a block of the first component.</summary>
    public int Scale { get; private set; } = 1;

    /// <summary>Pixels of a row of the picture at this scale.</summary>
    public int Width { get; private set; }

    /// <summary>Rows of the picture at this scale.</summary>
    public int Height { get; private set; }

    /// <summary>Units from left to right, in scans of several components.</summary>
    public int UnitsWide { get; private set; }

    /// <summary>Units from top to bottom.</summary>
    public int UnitsHigh { get; private set; }

    public ReadOnlySpan<JpegComponent> Components => _components.AsSpan(0, _count);

    /// <summary>The first component has all blocks there are; others may have fewer.</summary>
    public JpegComponent First => _components[0];

    /// <summary>Bytes that are held for coefficients and samples.</summary>
    public int Bytes => _components[0].Bytes + _components[1].Bytes + _components[2].Bytes + _components[3].Bytes;

    /// <summary>Forgets the frame of the picture before.</summary>
    /// <param name="scale">Pixels of a side of a block, 1 or 2.</param>
    public void Clear(int scale) => (_count, Scale) = (0, scale);

    /// <summary>Reads the frame's header; false when this decoder does not support the frame.</summary>
    /// <param name="marker">The marker, which names the kind of frame.</param>
    /// <param name="segment">The header.</param>
    /// <param name="fileBits">The bits of the file. A block has one or more, so a frame that promises too many blocks takes no memory.</param>
    public bool TryDefine(byte marker, ReadOnlySpan<byte> segment, long fileBits)
    {
        if (IsDefined || segment.Length < HeaderBytes || segment[0] != Precision
            || segment[HeaderBytes - 1] is 0 or > MaxComponents
            || segment.Length != HeaderBytes + (segment[HeaderBytes - 1] * ComponentBytes))
        {
            return false;
        }

        IsProgressive = marker == JpegMarker.ProgressiveFrame;
        _count = segment[HeaderBytes - 1];
        for (int i = 0; i < _count; i++)
        {
            _components[i].Set(segment[(HeaderBytes + (i * ComponentBytes))..]);
        }

        int height = BinaryPrimitives.ReadUInt16BigEndian(segment[1..]), width = BinaryPrimitives.ReadUInt16BigEndian(segment[3..]);
        return width is > 0 and <= MaxSide && height is > 0 and <= MaxSide && HasUsualComponents() && TryMakeRoom(width, height, fileBits);
    }

    /// <summary>The components of a scan's header, in order; false when it has others.</summary>
    public bool TryFind(ReadOnlySpan<byte> ids, Span<int> found)
    {
        int component = 0;
        for (int i = 0; i < found.Length; i++, component++)
        {
            while (component < _count && _components[component].Id != ids[2 * i])
            {
                component++;
            }

            found[i] = component;
        }

        return component <= _count;
    }

    /// <summary>Blocks of a component from left to right and from top to bottom, without those that only fill up units.</summary>
    public (int Wide, int High) Blocks(JpegComponent component) => (
        Portion(_blocksWide, component.Horizontal, First.Horizontal),
        Portion(_blocksHigh, component.Vertical, First.Vertical));

    /// <summary>Pixels of a side of a block of a component.</summary>
    public (int Across, int Down) Pixels(JpegComponent component) =>
        (Scale * First.Horizontal / component.Horizontal, Scale * First.Vertical / component.Vertical);

    /// <summary>Distinct ids, and blocks of the first component that each have one block of the others, or share one.</summary>
    private bool HasUsualComponents()
    {
        for (int i = 0; i < _count; i++)
        {
            JpegComponent one = _components[i];
            if (one.Horizontal is not (1 or 2 or 4) || First.Horizontal < one.Horizontal
                || one.Vertical is not (1 or 2 or 4) || First.Vertical < one.Vertical)
            {
                return false;
            }

            for (int j = 0; j < i; j++)
            {
                if (_components[j].Id == one.Id)
                {
                    return false;
                }
            }
        }

        return true;
    }

    private bool TryMakeRoom(int width, int height, long fileBits)
    {
        (Width, Height) = (Portion(width, Scale, BlockSide), Portion(height, Scale, BlockSide));
        (_blocksWide, _blocksHigh) = (Portion(width, 1, BlockSide), Portion(height, 1, BlockSide));
        (UnitsWide, UnitsHigh) = (Portion(_blocksWide, 1, First.Horizontal), Portion(_blocksHigh, 1, First.Vertical));
        long blocks = 0;
        foreach (JpegComponent component in Components)
        {
            (int wide, int high) = Blocks(component);
            blocks += (long)wide * high;
        }

        if (blocks > fileBits)
        {
            return false;
        }

        foreach (JpegComponent component in Components)
        {
            (int across, int down) = Pixels(component);
            component.Dc.Clear(UnitsWide * component.Horizontal, UnitsHigh * component.Vertical, Math.Min(Math.Min(across, down), DcPlane.MaxSide));
        }

        return true;
    }

    private static int Portion(int length, int portion, int whole) => ((length * portion) + whole - 1) / whole;
}
