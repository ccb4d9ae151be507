namespace PaletteEtl.Covers.Formats.Avif;

/// <summary>The colours of a picture, or its alpha: one coded frame, or a grid of frames of the same size.</summary>
/// <param name="Width">Pixels of a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Columns">Frames beside each other.</param>
/// <param name="TileWidth">Pixels of a row of a frame.</param>
/// <param name="TileHeight">Rows of a frame.</param>
/// <param name="Format">The samples.</param>
/// <param name="Tiles">Where the coded data of each frame is, row by row.</param>
internal sealed record AvifLayer(
    int Width, int Height, int Columns, int TileWidth, int TileHeight, Av1Format Format, IReadOnlyList<IReadOnlyList<Range>> Tiles)
{
    /// <summary>Smaller frames of a grid would take more memory than their pixels.</summary>
    private const int LeastTileSide = 64;

    private const int MaxSide = 32_768;

    /// <summary>The layer of an item; null when it is not understood.</summary>
    public static AvifLayer? Of(ReadOnlySpan<byte> file, AvifItem item, Dictionary<uint, AvifItem> items) =>
        item.Type == BoxType.Grid ? OfGrid(file, item, items) : OfFrame(file, item);

    private static AvifLayer? OfFrame(ReadOnlySpan<byte> file, AvifItem item)
    {
        if (item.Type != BoxType.Av01 || item.Property(BoxType.Av1C) is not { } property
            || Av1Format.Read(property.Fields(file)) is not { } format || Size(file, item) is not var (width, height))
        {
            return null;
        }

        int headers = property.Start + Av1Format.PropertyBytes;
        IReadOnlyList<Range> data = headers == property.End ? item.Data : [headers..property.End, .. item.Data];
        return new AvifLayer(width, height, Columns: 1, width, height, format, [data]);
    }

    private static AvifLayer? OfGrid(ReadOnlySpan<byte> file, AvifItem item, Dictionary<uint, AvifItem> items)
    {
        if (item.Data is not [var data] || item.Parts.Count == 0 || Size(file, item) is not var (width, height))
        {
            return null;
        }

        var fields = new Fields(file[data]);
        int flags = fields.UInt16(), rows = fields.UInt8() + 1, columns = fields.UInt8() + 1;
        int sizeBytes = flags == 0 ? sizeof(ushort) : sizeof(uint);
        bool isOfSize = fields.Number(sizeBytes) == (ulong)width && fields.Number(sizeBytes) == (ulong)height;
        if (flags > 1 || !isOfSize || !fields.IsExhausted || item.Parts.Count != rows * columns
            || item.Parts.Distinct().Count() != item.Parts.Count)
        {
            return null;
        }

        AvifLayer?[] tiles = new AvifLayer?[item.Parts.Count];
        for (int i = 0; i < tiles.Length; i++)
        {
            bool isTile = items.TryGetValue(item.Parts[i], out AvifItem? part) && IsPlainTile(part);
            tiles[i] = isTile ? OfFrame(file, part!) : null;
        }

        return tiles is [{ } first, ..] && Array.TrueForAll(tiles, tile => tile is not null && AreAlike(tile, first))
            && Covers(first.Width, columns, width) && Covers(first.Height, rows, height)
            ? first with { Width = width, Height = height, Columns = columns, Tiles = [.. tiles.Select(static tile => tile!.Tiles[0])] }
            : null;
    }

    private static bool IsPlainTile(AvifItem part) =>
        part.Owner == 0 && !part.Has(BoxType.Irot) && !part.Has(BoxType.Imir) && !part.Has(BoxType.Clap);

    private static bool AreAlike(AvifLayer tile, AvifLayer first) => (tile.Width, tile.Height, tile.Format) == (first.Width, first.Height, first.Format);

    /// <summary>Whether frames cover a side with none to spare, and begin at a sample of chroma.</summary>
    private static bool Covers(int tile, int count, int side) =>
        tile >= LeastTileSide && tile % 2 == 0 && (long)tile * count >= side && (long)tile * (count - 1) < side;

    private static (int Width, int Height)? Size(ReadOnlySpan<byte> file, AvifItem item)
    {
        if (item.Property(BoxType.Ispe) is not { } property)
        {
            return null;
        }

        Fields fields = property.Fields(file);
        (uint version, uint width, uint height) = (fields.UInt32(), fields.UInt32(), fields.UInt32());
        return version == 0 && width is > 0 and <= MaxSide && height is > 0 and <= MaxSide && fields.IsExhausted
            ? ((int)width, (int)height)
            : null;
    }
}
