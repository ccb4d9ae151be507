using PaletteEtl.Palettes;

namespace PaletteEtl.Columns;

/// <summary>A range of hues.</summary>
/// <param name="Pixels">Its pixels.</param>
/// <param name="Chroma">Their mean chroma.</param>
/// <param name="Color">Their mean colour, by weight.</param>
internal readonly record struct HueRange(double Pixels, double Chroma, Rgb Color);
