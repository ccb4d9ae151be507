namespace PaletteEtl.Covers.Formats.Jpeg;

/// <summary>The units of a scan (ITU T.81, A.2): in a scan of several components a unit has blocks of all of them, in a scan of a
/// single component every block is a unit.</summary>
internal sealed class ScanUnits
{
    /// <summary>Maximum number of blocks in a unit.</summary>
    private const int MaxBlocks = 10;

    private readonly ScanBlock[] _blocks = new ScanBlock[MaxBlocks];
    private int _count;

    public int Wide { get; private set; }

    public int High { get; private set; }

    public ReadOnlySpan<ScanBlock> Blocks => _blocks.AsSpan(0, _count);

    /// <summary>The units of a scan of a single component.</summary>
    public void SetSingle(JpegFrame frame, JpegComponent component, in ScanTables tables)
    {
        (Wide, High) = frame.Blocks(component);
        _blocks[0] = BlockOf(component, 0, first: 0, right: 1, component.Dc.Stride, tables);
        _count = 1;
    }

    /// <summary>The units of a scan of several components, without blocks.</summary>
    public void SetSeveral(JpegFrame frame)
    {
        (Wide, High) = (frame.UnitsWide, frame.UnitsHigh);
        _count = 0;
    }

    /// <summary>Adds the blocks of a component; false when a unit may not have as many.</summary>
    public bool TryAdd(int number, JpegComponent component, in ScanTables tables)
    {
        int stride = component.Dc.Stride;
        for (int i = 0; i < component.Horizontal * component.Vertical; i++)
        {
            if (_count == MaxBlocks)
            {
                return false;
            }

            int first = (i / component.Horizontal * stride) + (i % component.Horizontal);
            _blocks[_count++] = BlockOf(component, number, first, component.Horizontal, component.Vertical * stride, tables);
        }

        return true;
    }

    private static ScanBlock BlockOf(JpegComponent component, int number, int first, int right, int down, in ScanTables tables) => new(
        number, component.Dc.Coefficients, first, right, down, tables.Dc, tables.Ac, component.Dc.Side > 1 ? tables.Low : null, component.Dc.Last, component.Dc.Plane);
}
