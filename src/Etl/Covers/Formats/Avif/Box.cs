namespace PaletteEtl.Covers.Formats.Avif;

/// <summary>A box of a file (ISO/IEC 14496-12).</summary>
/// <param name="Type">Its type.</param>
/// <param name="Start">Where its content begins, behind its header.</param>
/// <param name="End">Where it ends.</param>
internal readonly record struct Box(uint Type, int Start, int End)
{
    private const int Header = 8;

    public int Length => End - Start;

    public ReadOnlySpan<byte> Content(ReadOnlySpan<byte> file) => file[Start..End];

    public Fields Fields(ReadOnlySpan<byte> file) => new(Content(file));

    /// <summary>The boxes that fill a part of a file; null when they do not, or are more than any picture has.</summary>
    public static List<Box>? Within(ReadOnlySpan<byte> file, int start, int end)
    {
        const int Most = 4_096;
        var boxes = new List<Box>();
        while (start < end)
        {
            var fields = new Fields(file[start..end]);
            ulong size = fields.UInt32();
            uint type = fields.UInt32();
            bool isLong = size == 1, isLast = size == 0;
            size = isLong ? fields.Number(sizeof(ulong)) : isLast ? (ulong)(end - start) : size;
            int header = isLong ? 2 * Header : Header;
            if (fields.IsOverrun || size < (ulong)header || size > (ulong)(end - start) || boxes.Count == Most)
            {
                return null;
            }

            boxes.Add(new Box(type, start + header, start + (int)size));
            start += (int)size;
        }

        return boxes;
    }

    /// <summary>The boxes that fill the rest of a box.</summary>
    /// <param name="file">The file.</param>
    /// <param name="skipped">Bytes of the box before them.</param>
    public List<Box>? Boxes(ReadOnlySpan<byte> file, int skipped = 0) => skipped > Length ? null : Within(file, Start + skipped, End);
}
