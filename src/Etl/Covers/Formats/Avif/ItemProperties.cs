namespace PaletteEtl.Covers.Formats.Avif;

/// <summary>The box <c>iprp</c>: the properties, and which items have which.</summary>
internal static class ItemProperties
{
    /// <summary>Adds its properties to each item. False when there is anything that is not understood.</summary>
    public static bool Read(ReadOnlySpan<byte> file, Box box, Dictionary<uint, AvifItem> items) =>
        box.Boxes(file) is [{ Type: BoxType.Ipco } container, { Type: BoxType.Ipma } association]
        && container.Boxes(file) is { } properties
        && properties.TrueForAll(IsUnderstood)
        && Associate(association.Fields(file), properties, items);

    private static bool IsUnderstood(Box property) => property.Type is BoxType.Av1C or BoxType.Ispe or BoxType.Pixi or BoxType.Colr
        or BoxType.AuxC or BoxType.Irot or BoxType.Imir or BoxType.Clap or BoxType.Pasp;

    private static bool Associate(Fields fields, List<Box> properties, Dictionary<uint, AvifItem> items)
    {
        const uint WideIndices = 1;
        uint version = fields.UInt32();
        bool isWide = (version & WideIndices) != 0, hasWideIds = version >> 24 == 1;
        uint count = fields.UInt32();
        if ((version & ~WideIndices) is not (0 or 1 << 24) || count > items.Count)
        {
            return false;
        }

        for (; count > 0; count--)
        {
            uint id = hasWideIds ? fields.UInt32() : fields.UInt16();
            if (!items.TryGetValue(id, out AvifItem? item) || item.Properties.Count > 0)
            {
                return false;
            }

            for (int left = fields.UInt8(); left > 0; left--)
            {
                int index = isWide ? fields.UInt16() & 0x7FFF : fields.UInt8() & 0x7F;
                if (index == 0 || index > properties.Count)
                {
                    return false;
                }

                item.Properties.Add(properties[index - 1]);
            }
        }

        return fields.IsExhausted;
    }
}
