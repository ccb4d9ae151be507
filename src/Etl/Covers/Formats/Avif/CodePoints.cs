namespace PaletteEtl.Covers.Formats.Avif;

/// <summary>The code points of a colour space (ITU-T H.273) in the box <c>nclx</c> of a file.</summary>
/// <param name="Primaries">The colour primaries.</param>
/// <param name="Transfer">The transfer characteristics.</param>
internal readonly record struct CodePoints(int Primaries, int Transfer)
{
    /// <summary>The code points of sRGB, and of files that have none (ISO/IEC 23000-22, 7.3.6.4).</summary>
    public static CodePoints Srgb { get; } = new(1, 13);

    /// <summary>Reads the first box among the properties of a file. Tiles and their grid have the same.</summary>
    public static CodePoints Of(ReadOnlySpan<byte> file)
    {
        const int FullHeader = 4;
        foreach (Box property in Inside(file, Inside(file, Inside(file, Box.Within(file, 0, file.Length), BoxType.Meta, FullHeader), BoxType.Iprp), BoxType.Ipco) ?? [])
        {
            Fields fields = property.Fields(file);
            if (property.Type == BoxType.Colr && fields.UInt32() == BoxType.Nclx)
            {
                var read = new CodePoints(fields.UInt16(), fields.UInt16());
                return fields.IsOverrun ? Srgb : read;
            }
        }

        return Srgb;
    }

    private static List<Box>? Inside(ReadOnlySpan<byte> file, List<Box>? boxes, uint type, int skipped = 0)
    {
        int at = boxes?.FindIndex(box => box.Type == type) ?? -1;
        return at < 0 ? null : boxes![at].Boxes(file, skipped);
    }
}
