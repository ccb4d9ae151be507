namespace Etl.Tests.Support;

/// <summary>Writes a grey baseline JPEG of blocks with any DC coefficients and any others.</summary>
internal sealed class GreyJpeg
{
    private const int Quantizer = 8; // which makes a sample of 128 and the coefficient

    private readonly JpegCodes _dc;
    private readonly JpegCodes _ac;
    private readonly Random _random;

    public GreyJpeg(Random random)
    {
        _random = random;
        _dc = new JpegCodes(Enumerable.Range(0, 12).Select(size => (byte)size), random);
        IEnumerable<byte> values = from run in Enumerable.Range(0, 16) from size in Enumerable.Range(1, 10) select (byte)((run << 4) | size);
        _ac = new JpegCodes([0, 0xF0, .. values], random);
    }

    /// <summary>A file of blocks in rows, with restarts after so many of them, or without for 0.</summary>
    public byte[] Write(int[] coefficients, int wide, int interval)
    {
        byte[][] parts = [.. coefficients.Chunk(interval == 0 ? coefficients.Length : interval).Select(Coded)];
        return
        [
            0xFF, 0xD8,
            .. Segment(0xDB, [0, Quantizer, .. new byte[63]]),
            .. Segment(0xC0, 8, 0, (byte)(coefficients.Length / wide * 8), 0, (byte)(wide * 8), 1, 1, 0x11, 0),
            .. Segment(0xC4, [0x00, .. _dc.Segment]),
            .. Segment(0xC4, [0x10, .. _ac.Segment]),
            .. Segment(0xDD, 0, (byte)interval),
            .. Segment(0xDA, 1, 1, 0, 0, 63, 0),
            .. parts.SelectMany((part, i) => i == 0 ? part : [0xFF, (byte)(0xD0 + ((i - 1) % 8)), .. part]),
            0xFF, 0xD9,
        ];
    }

    public static byte[] Segment(byte marker, params byte[] content) =>
        [0xFF, marker, (byte)((content.Length + 2) >> 8), (byte)(content.Length + 2), .. content];

    private byte[] Coded(int[] coefficients)
    {
        var bits = new JpegBits();
        int before = 0;
        foreach (int coefficient in coefficients)
        {
            WriteDifference(bits, coefficient - before);
            WriteOthers(bits);
            before = coefficient;
        }

        return bits.Stuffed();
    }

    private void WriteDifference(JpegBits bits, int difference)
    {
        int size = 32 - int.LeadingZeroCount(Math.Abs(difference));
        _dc.Write(bits, (byte)size);
        bits.Add(difference < 0 ? difference + (1 << size) - 1 : difference, size);
    }

    /// <summary>Any coefficients, up to the 64th or the code that says that there are no more.</summary>
    private void WriteOthers(JpegBits bits)
    {
        for (int at = 1; at < 64;)
        {
            byte symbol = _random.Next(8) == 0 ? (byte)0 : _ac.Symbols[_random.Next(_ac.Symbols.Count)];
            int next = at + (symbol >> 4) + 1;
            if (symbol == 0)
            {
                _ac.Write(bits, symbol);
                return;
            }

            if (next <= 64)
            {
                _ac.Write(bits, symbol);
                bits.Add(_random.Next(1 << (symbol & 15)), symbol & 15);
                at = next;
            }
        }
    }
}
