namespace PaletteEtl.Covers.Formats.Avif;

/// <summary>The tables of the box <c>meta</c>: items, where their data is, their properties, and how they refer to each other.</summary>
internal static class ItemTables
{
    private const int FullHeader = 4; // version and flags

    /// <summary>The items by their numbers; null when there is anything in the box that is not understood.</summary>
    /// <param name="file">The file.</param>
    /// <param name="meta">The box.</param>
    /// <param name="primary">The number of the primary item.</param>
    public static Dictionary<uint, AvifItem>? Read(ReadOnlySpan<byte> file, Box meta, out uint primary)
    {
        primary = 0;
        if (meta.Fields(file).UInt32() != 0 || meta.Boxes(file, FullHeader) is not { } boxes || !AreUnderstood(boxes)
            || Find(boxes, BoxType.Hdlr) is not { } handler || Find(boxes, BoxType.Pitm) is not { } primaryBox
            || Find(boxes, BoxType.Iinf) is not { } infos || Find(boxes, BoxType.Iloc) is not { } locations
            || Find(boxes, BoxType.Iprp) is not { } properties)
        {
            return null;
        }

        Fields fields = primaryBox.Fields(file);
        uint version = fields.UInt32();
        primary = version == 0 ? fields.UInt16() : fields.UInt32();
        bool isPrimary = version is 0 or 1 << 24 && fields.IsExhausted;
        return isPrimary && IsOfPictures(handler.Fields(file))
            && Items(file, infos) is { } items
            && ItemLocations.Read(file, locations, Find(boxes, BoxType.Idat), items)
            && ItemProperties.Read(file, properties, items)
            && (Find(boxes, BoxType.Iref) is not { } references || ItemReferences.Read(file, references, items))
            ? items
            : null;
    }

    private static Box? Find(List<Box> boxes, uint type)
    {
        int at = boxes.FindIndex(box => box.Type == type);
        return at < 0 ? null : boxes[at];
    }

    /// <summary>Whether the boxes are known, and none but a gap comes twice.</summary>
    private static bool AreUnderstood(List<Box> boxes)
    {
        var seen = new HashSet<uint>();
        return boxes.TrueForAll(box => box.Type == BoxType.Free
            || (box.Type is BoxType.Hdlr or BoxType.Pitm or BoxType.Iinf or BoxType.Iloc or BoxType.Iprp or BoxType.Iref or BoxType.Idat
                && seen.Add(box.Type)));
    }

    private static bool IsOfPictures(Fields handler) =>
        handler.UInt32() == 0 && handler.UInt32() == 0 && handler.UInt32() == BoxType.Pict;

    private static Dictionary<uint, AvifItem>? Items(ReadOnlySpan<byte> file, Box infos)
    {
        Fields header = infos.Fields(file);
        uint version = header.UInt32();
        uint count = version == 0 ? header.UInt16() : header.UInt32();
        if (version is not (0 or 1 << 24) || header.IsOverrun
            || infos.Boxes(file, infos.Length - header.Left) is not { } entries || entries.Count != count)
        {
            return null;
        }

        var items = new Dictionary<uint, AvifItem>();
        foreach (Box entry in entries)
        {
            if (entry.Type != BoxType.Infe || Item(entry.Fields(file)) is not { } item || !items.TryAdd(item.Id, item))
            {
                return null;
            }
        }

        return items;
    }

    private static AvifItem? Item(Fields entry)
    {
        const uint Version2 = 2 << 24, Version3 = 3 << 24, Hidden = 1;
        uint version = entry.UInt32();
        uint id = (version & ~Hidden) == Version3 ? entry.UInt32() : entry.UInt16();
        ushort protection = entry.UInt16();
        var item = new AvifItem(id, entry.UInt32(), (version & Hidden) != 0);
        entry.Text();
        return (version & ~Hidden) is Version2 or Version3 && id != 0 && protection == 0 && !entry.IsOverrun
            && (item.Type == BoxType.Mime || entry.IsExhausted) ? item : null;
    }
}
