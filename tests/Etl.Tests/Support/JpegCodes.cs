using PaletteEtl.Covers.Formats.Jpeg;

namespace Etl.Tests.Support;

/// <summary>A Huffman table to write with: the symbols, shuffled, and as many codes of each length as chance has it.</summary>
internal sealed class JpegCodes
{
    private const int Longest = 16;

    private readonly byte[] _counts = new byte[Longest];
    private readonly byte[] _symbols;
    private readonly Dictionary<byte, (int Code, int Length)> _codes = [];

    public JpegCodes(IEnumerable<byte> symbols, Random random)
    {
        _symbols = [.. symbols];
        random.Shuffle(_symbols);
        int left = _symbols.Length, free = (1 << Longest) - 1, code = 0;
        for (int length = 1; length <= Longest; length++, code <<= 1)
        {
            int room = 1 << (Longest - length);
            int most = length == Longest ? left : Math.Min(left, (free - left) / room);
            int count = length == Longest ? left : random.Next(Math.Min(most, byte.MaxValue) + 1) / random.Next(1, 4);
            (_counts[length - 1], free) = ((byte)count, free - (count * room));
            for (; count > 0; count--, left--)
            {
                _codes.Add(_symbols[^left], (code++, length));
            }
        }
    }

    /// <summary>The symbols there are.</summary>
    public IReadOnlyList<byte> Symbols => _symbols;

    /// <summary>The table as its segment has it.</summary>
    public byte[] Segment => [.. _counts, .. _symbols];

    public HuffmanTable Table()
    {
        var table = new HuffmanTable();
        ReadOnlySpan<byte> segment = Segment;
        Assert.True(table.TryDefine(ref segment));
        Assert.True(table.TryIndex());
        return table;
    }

    public void Write(JpegBits bits, byte symbol) => bits.Add(_codes[symbol].Code, _codes[symbol].Length);
}
