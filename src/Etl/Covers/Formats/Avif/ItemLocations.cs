namespace PaletteEtl.Covers.Formats.Avif;

/// <summary>The box <c>iloc</c>: where the data of each item is.</summary>
internal static class ItemLocations
{
    /// <summary>Adds its places to each item. False when not every item has data, all of it within the file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="box">The box.</param>
    /// <param name="idat">The data that lies in the box <c>meta</c>; null for none.</param>
    /// <param name="items">The items.</param>
    public static bool Read(ReadOnlySpan<byte> file, Box box, Box? idat, Dictionary<uint, AvifItem> items)
    {
        Fields fields = box.Fields(file);
        uint version = fields.UInt32() >> 24;
        int sizes = fields.UInt16();
        var size = new FieldSizes(sizes >> 12, (sizes >> 8) & 15, (sizes >> 4) & 15, version == 0 ? 0 : sizes & 15);
        uint count = version < 2 ? fields.UInt16() : fields.UInt32();
        if (version > 2 || !size.AreValid || count != items.Count)
        {
            return false;
        }

        for (; count > 0; count--)
        {
            uint id = version < 2 ? fields.UInt16() : fields.UInt32();
            int construction = version == 0 ? 0 : fields.UInt16();
            int otherFile = fields.UInt16();
            Box? within = construction switch { 0 => new Box(0, 0, file.Length), 1 => idat, _ => null };
            if (otherFile != 0 || within is not { } place || !items.TryGetValue(id, out AvifItem? item) || item.Data.Count > 0
                || !ReadExtents(ref fields, size, place, item))
            {
                return false;
            }
        }

        return fields.IsExhausted && AreApart(items.Values);
    }

    /// <summary>Whether no two items overlap, unless they have the same data: a length that is damaged mostly reaches into the next item.</summary>
    private static bool AreApart(IEnumerable<AvifItem> items)
    {
        var before = new Range(0, 0);
        foreach (Range place in items.SelectMany(static item => item.Data).OrderBy(static place => place.Start.Value))
        {
            if (place.Start.Value < before.End.Value && !place.Equals(before))
            {
                return false;
            }

            before = place;
        }

        return true;
    }

    private static bool ReadExtents(ref Fields fields, in FieldSizes size, Box place, AvifItem item)
    {
        ulong origin = fields.Number(size.Origin);
        int count = fields.UInt16();
        for (int i = 0; i < count; i++)
        {
            fields.Number(size.Index);
            ulong offset = fields.Number(size.Offset), length = fields.Number(size.Length), whole = (ulong)place.Length;
            if (fields.IsOverrun || origin > whole || offset > whole - origin || length > whole - origin - offset || length == 0)
            {
                return false;
            }

            int start = place.Start + (int)(origin + offset);
            item.Data.Add(start..(start + (int)length));
        }

        return count > 0;
    }

    /// <summary>Bytes of the fields.</summary>
    private readonly record struct FieldSizes(int Offset, int Length, int Origin, int Index)
    {
        public bool AreValid => IsValid(Offset) && IsValid(Length) && IsValid(Origin) && IsValid(Index);

        private static bool IsValid(int size) => size is 0 or 4 or 8;
    }
}
