namespace PaletteEtl.Covers.Formats.Avif;

/// <summary>An item of a file: a picture, a grid of pictures, or metadata.</summary>
/// <param name="id">Its number.</param>
/// <param name="type">Its type.</param>
/// <param name="isHidden">Whether it is only a part of others.</param>
internal sealed class AvifItem(uint id, uint type, bool isHidden)
{
    public uint Id => id;

    public uint Type => type;

    public bool IsHidden => isHidden;

    /// <summary>Where its data is, in order.</summary>
    public List<Range> Data { get; } = [];

    /// <summary>Its properties, in order.</summary>
    public List<Box> Properties { get; } = [];

    /// <summary>The items that it is made of, in order.</summary>
    public List<uint> Parts { get; } = [];

    /// <summary>The item that it belongs to, as alpha or as metadata; 0 for none.</summary>
    public uint Owner { get; set; }

    /// <summary>The only property of a type; null when there is none or more than one.</summary>
    public Box? Property(uint propertyType)
    {
        Box? found = null;
        foreach (Box property in Properties)
        {
            if (property.Type == propertyType)
            {
                if (found is not null)
                {
                    return null;
                }

                found = property;
            }
        }

        return found;
    }

    public bool Has(uint propertyType) => Properties.Exists(property => property.Type == propertyType);
}
