namespace PaletteEtl.Covers.Formats.Avif;

/// <summary>The primary picture of an AVIF.</summary>
/// <param name="Colors">Its colours.</param>
/// <param name="Alpha">Its alpha; null for none.</param>
/// <param name="Description">How its colours are coded.</param>
/// <param name="Placement">Which pixels of the frame it has.</param>
/// <param name="Profile">Where its ICC profile is; empty for none.</param>
internal sealed record AvifPicture(AvifLayer Colors, AvifLayer? Alpha, ColorDescription Description, Placement Placement, Range Profile)
{
    private static ReadOnlySpan<byte> AlphaName => "urn:mpeg:mpegB:cicp:systems:auxiliary:alpha"u8;

    /// <summary>Reads the boxes of a file; null when there is anything in them that is not understood.</summary>
    public static AvifPicture? Read(ReadOnlySpan<byte> file)
    {
        if (Box.Within(file, 0, file.Length) is not [{ Type: BoxType.Ftyp }, ..] boxes || !HasBrands(boxes[0].Content(file))
            || boxes.FindAll(static box => box.Type == BoxType.Meta) is not [var meta]
            || !boxes.TrueForAll(static box => box.Type is BoxType.Ftyp or BoxType.Meta or BoxType.Mdat or BoxType.Free)
            || ItemTables.Read(file, meta, out uint primary) is not { } items
            || !items.TryGetValue(primary, out AvifItem? item) || item.IsHidden || item.Owner != 0)
        {
            return null;
        }

        return AvifLayer.Of(file, item, items) is { } colors && TryFindAlpha(file, item, items, out AvifItem? alphaItem)
            ? Of(file, item, colors, alphaItem is null ? null : AvifLayer.Of(file, alphaItem, items), alphaItem is not null)
            : null;
    }

    private static bool HasBrands(ReadOnlySpan<byte> brands) => brands.IndexOf("avif"u8) >= 0 && brands.IndexOf("mif1"u8) >= 0;

    private static AvifPicture? Of(ReadOnlySpan<byte> file, AvifItem item, AvifLayer colors, AvifLayer? alpha, bool hasAlpha)
    {
        // libheif turns colours and alpha each by their own properties.
        bool isPlaced = item.Has(BoxType.Irot) || item.Has(BoxType.Imir) || item.Has(BoxType.Clap);
        bool isOfWholeSamples = !colors.Format.IsSubsampled
            || (colors.Format.IsHalfHigh && colors.Width % 2 == 0 && colors.Height % 2 == 0);
        if ((isPlaced && (hasAlpha || !isOfWholeSamples)) || ColorDescription.Of(file, item, colors.Tiles) is not { } description
            || Placement.After(Placement.Of(colors.Width, colors.Height), file, item) is not { } placement)
        {
            return null;
        }

        bool isAlphaAlike = !hasAlpha
            || (alpha is not null && (alpha.Width, alpha.Height, alpha.Format.Bits) == (colors.Width, colors.Height, colors.Format.Bits));
        return isAlphaAlike ? new AvifPicture(colors, alpha, description, placement, ProfileOf(file, item)) : null;
    }

    private static Range ProfileOf(ReadOnlySpan<byte> file, AvifItem item)
    {
        foreach (Box property in item.Properties.FindAll(static property => property.Type == BoxType.Colr))
        {
            Fields fields = property.Fields(file);
            if (fields.UInt32() is BoxType.Prof or BoxType.RestrictedProfile)
            {
                return (property.End - fields.Left)..property.End;
            }
        }

        return default;
    }

    /// <summary>Finds the alpha of an item. False when there are items of another purpose.</summary>
    private static bool TryFindAlpha(ReadOnlySpan<byte> file, AvifItem item, Dictionary<uint, AvifItem> items, out AvifItem? alpha)
    {
        AvifItem[] ofColors = [.. items.Values.Where(other => other.Owner == item.Id && other.Type is BoxType.Av01 or BoxType.Grid)];
        alpha = ofColors.Length == 1 ? ofColors[0] : null;
        uint[] parts = [.. item.Parts, .. alpha is null ? [] : alpha.Parts];
        AvifItem? alphaItem = alpha;
        return ofColors.Length <= 1 && (alphaItem is null || IsAlpha(file, alphaItem))
            && items.Values.All(other => other == item || other == alphaItem || Array.Exists(parts, part => part == other.Id)
                || other is { Type: BoxType.Exif or BoxType.Mime, Owner: not 0 });
    }

    private static bool IsAlpha(ReadOnlySpan<byte> file, AvifItem item)
    {
        if (item.Property(BoxType.AuxC) is not { } property || item.Has(BoxType.Irot) || item.Has(BoxType.Imir) || item.Has(BoxType.Clap))
        {
            return false;
        }

        Fields fields = property.Fields(file);
        return fields.UInt32() == 0 && fields.Text().SequenceEqual(AlphaName) && fields.IsExhausted;
    }
}
