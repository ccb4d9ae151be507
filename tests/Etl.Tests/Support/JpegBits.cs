using System.Globalization;

namespace Etl.Tests.Support;

/// <summary>Writes bits as a JPEG has them: ones fill up the last byte, and zeros are stuffed in behind bytes of ones.</summary>
internal sealed class JpegBits
{
    private readonly List<bool> _bits = [];

    public int Count => _bits.Count;

    public void Add(int value, int length)
    {
        for (int i = length - 1; i >= 0; i--)
        {
            _bits.Add(((value >> i) & 1) != 0);
        }
    }

    /// <summary>Adds bits written as zeros and ones.</summary>
    public JpegBits Add(string bits)
    {
        string digits = bits.Replace(" ", "", StringComparison.Ordinal);
        Add(int.Parse(digits, NumberStyles.BinaryNumber, CultureInfo.InvariantCulture), digits.Length);
        return this;
    }

    public byte[] Bytes() =>
        [.. _bits.Chunk(8).Select(bits => (byte)Enumerable.Range(0, 8).Sum(i => i >= bits.Length || bits[i] ? 128 >> i : 0))];

    public byte[] Stuffed() => [.. Bytes().SelectMany(value => value == 0xFF ? new byte[] { 0xFF, 0 } : [value])];
}
