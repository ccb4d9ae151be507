using PaletteEtl.Catalogue;
using PaletteEtl.Model;
using PaletteEtl.Palettes;

namespace Etl.Contracts;

/// <summary>The damage of a cover in a <see cref="MemoryCatalogue"/>, and the palette that was made of the cover.</summary>
internal sealed record MemoryDamage(StoredDamage Stored, Palette Palette)
{
    public static MemoryDamage Of(long key, MovieId id, string message, Palette palette, CoverVersion? version, DateTimeOffset now) => new(
        new StoredDamage(
            key,
            id,
            message,
            MemoryDeadLetter.Text(now),
            version?.Size,
            version?.Modified is { } modified ? MemoryDeadLetter.Text(modified) : null,
            version?.ETag),
        palette);
}
