using PaletteEtl.Catalogue;

namespace Etl.Host.Commands;

/// <summary>An element of what <c>etl dead-letters --damaged --json</c> prints; named as the table's columns.</summary>
internal sealed record DamageJson(
    object? MovieId, string Message, string At, long? CoverSize, string? CoverMtime, string? CoverEtag)
{
    public static DamageJson Of(StoredDamage damage) => new(
        CommandJson.IdOf(damage.MovieId), damage.Message, damage.At, damage.CoverSize, damage.CoverMtime, damage.CoverEtag);
}
