using System.Globalization;

namespace PaletteEtl.Palettes;

/// <summary>A colour of 8 bits a channel, as the picture stores it (no colour space is applied).</summary>
/// <param name="R">Red, 0 to 255.</param>
/// <param name="G">Green, 0 to 255.</param>
/// <param name="B">Blue, 0 to 255.</param>
public readonly record struct Rgb(byte R, byte G, byte B)
{
    /// <summary>The colour as CSS writes it: <c>#7cc6cb</c>.</summary>
    public string ToHex() => string.Create(CultureInfo.InvariantCulture, $"#{R:x2}{G:x2}{B:x2}");

    /// <inheritdoc cref="ToHex"/>
    public override string ToString() => ToHex();
}
