namespace PaletteEtl.Covers.Formats.Avif;

/// <summary>The box <c>iref</c>: which items belong to which.</summary>
internal static class ItemReferences
{
    private const int FullHeader = 4;

    /// <summary>Sets the owner of alpha and metadata, and the parts of grids. False when there is anything else.</summary>
    public static bool Read(ReadOnlySpan<byte> file, Box box, Dictionary<uint, AvifItem> items)
    {
        uint version = box.Fields(file).UInt32();
        if (version is not (0 or 1 << 24) || box.Boxes(file, FullHeader) is not { } references)
        {
            return false;
        }

        foreach (Box reference in references)
        {
            if (!Read(reference.Type, reference.Fields(file), version == 0 ? sizeof(ushort) : sizeof(uint), items))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Read(uint type, Fields fields, int idBytes, Dictionary<uint, AvifItem> items)
    {
        uint from = (uint)fields.Number(idBytes);
        int count = fields.UInt16();
        if (fields.Left != count * idBytes || !items.TryGetValue(from, out AvifItem? item))
        {
            return false;
        }

        if (type == BoxType.Dimg && item.Type == BoxType.Grid && item.Parts.Count == 0)
        {
            for (; count > 0; count--)
            {
                item.Parts.Add((uint)fields.Number(idBytes));
            }

            return true;
        }

        bool isOwned = type is BoxType.Auxl or BoxType.Cdsc && count == 1 && item.Owner == 0
            && (type == BoxType.Cdsc) == (item.Type is BoxType.Exif or BoxType.Mime);
        item.Owner = (uint)fields.Number(idBytes);
        return isOwned && items.ContainsKey(item.Owner);
    }
}
