using PaletteEtl.Palettes;

namespace Etl.Host.Bench.Quality;

/// <summary>How much the palette of a cover changes when the cover is encoded again.</summary>
/// <param name="Distance">The <see cref="PlaceDistance"/>.</param>
/// <param name="MovesFirstColor">Whether the first colour moves by more than 5: OKLab distance times 100.</param>
internal sealed record PaletteMove(double Distance, bool MovesFirstColor)
{
    private const double MostOfFirstColor = 5;

    public static PaletteMove Between(Palette one, Palette other) => new(
        PlaceDistance.Between(one, other), OklabColor.Of(one[0]).DistanceTo(OklabColor.Of(other[0])) > MostOfFirstColor);
}
