namespace PaletteEtl.Covers.Formats.Avif;

/// <summary>Numbers of some bits, most significant bit first. Bits beyond the end are zero, which is noted.</summary>
internal ref struct Bits(ReadOnlySpan<byte> data)
{
    private readonly ReadOnlySpan<byte> _data = data;
    private int _at;

    /// <summary>Whether more was read than there is.</summary>
    public readonly bool IsOverrun => _at > _data.Length * 8;

    public uint Number(int bits)
    {
        uint number = 0;
        for (; bits > 0; bits--, _at++)
        {
            uint bit = _at / 8 < _data.Length ? (uint)(_data[_at / 8] >> (7 - (_at % 8))) & 1 : 0;
            number = (number << 1) | bit;
        }

        return number;
    }

    public bool Flag() => Number(1) != 0;

    public void Skip(int bits) => _at += bits;
}
