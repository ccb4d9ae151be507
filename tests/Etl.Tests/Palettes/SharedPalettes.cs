using CsCheck;
using PaletteEtl.Palettes;

namespace Etl.Tests.Palettes;

/// <summary>Palettes with and without shares.</summary>
internal static class SharedPalettes
{
    public static readonly Gen<Rgb> AnyColor = Gen.Select(Gen.Byte, Gen.Byte, Gen.Byte, static (r, g, b) => new Rgb(r, g, b));

    /// <summary>Palettes of any count of colours. One in four has no shares.</summary>
    public static readonly Gen<Palette> Any = Gen.Select(
        AnyColor.Array[1, Palette.MaxColors],
        Gen.Int[1, 10_000].Array[Palette.MaxColors],
        Gen.Int[0, 3],
        static (colors, shares, kind) => kind == 0 ? new Palette(colors) : Of(colors, shares[..colors.Length]));

    /// <summary>A palette whose shares are in the proportion of whole numbers.</summary>
    public static Palette Of(Rgb[] colors, params int[] parts) =>
        new(colors, [.. parts.Select(part => (double)part / parts.Sum())]);
}
