namespace PaletteEtl.Covers.Formats.Jpeg;

/// <summary>The coded data of a scan up to its next marker, without the zeros that are stuffed in behind bytes of ones.</summary>
internal sealed class CodedData
{
    private byte[] _bytes = [];
    private int _length;

    /// <summary>Bytes that are held.</summary>
    public int Room => _bytes.Length;

    /// <summary>The bits, from the first one.</summary>
    public BitReader Bits => new(_bytes.AsSpan(0, _length + BitReader.Margin));

    /// <summary>Makes room for the data of a whole file.</summary>
    public void Reserve(int fileLength)
    {
        if (_bytes.Length < fileLength + BitReader.Margin)
        {
            _bytes = new byte[fileLength + BitReader.Margin];
        }
    }

    /// <summary>Takes the data off its front; false when no marker follows.</summary>
    /// <param name="rest">The data and what follows; moved to the marker.</param>
    public bool TryTake(ref ReadOnlySpan<byte> rest)
    {
        _length = 0;
        while (TryRun(ref rest, out ReadOnlySpan<byte> run, out bool isStuffed))
        {
            run.CopyTo(_bytes.AsSpan(_length));
            _length += run.Length;
            if (!isStuffed)
            {
                _bytes.AsSpan(_length, BitReader.Margin).Clear();
                return true;
            }
        }

        return false;
    }

    /// <summary>Passes over the data; false when no marker follows.</summary>
    public static bool TrySkip(ref ReadOnlySpan<byte> rest)
    {
        while (TryRun(ref rest, out _, out bool isStuffed))
        {
            if (!isStuffed)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Takes off bytes up to a marker, or up to and with a stuffed zero, which is not among the bytes.</summary>
    private static bool TryRun(ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> run, out bool isStuffed)
    {
        int ones = rest.IndexOf((byte)0xFF);
        isStuffed = ones >= 0 && ones + 1 < rest.Length && rest[ones + 1] == 0;
        if (ones < 0 || ones + 1 == rest.Length)
        {
            run = [];
            return false;
        }

        int stuffed = ones + 1;
        if (rest[stuffed] == 0xFF) // fill bytes: before a marker, or passed over before a stuffed zero, as codecs do
        {
            stuffed += rest[stuffed..].IndexOfAnyExcept((byte)0xFF);
            isStuffed = rest[stuffed] == 0;
        }

        run = rest[..(isStuffed ? ones + 1 : ones)];
        rest = rest[(isStuffed ? stuffed + 1 : ones)..];
        return true;
    }
}
