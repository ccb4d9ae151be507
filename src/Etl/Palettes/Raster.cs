using System.Runtime.InteropServices;

namespace PaletteEtl.Palettes;

/// <summary>A cover as a very small picture: the mean colours of its areas.</summary>
/// <param name="Width">Pixels of a row, 1 to <see cref="MaxSide"/>.</param>
/// <param name="Height">Rows, 1 to <see cref="MaxSide"/>.</param>
/// <param name="Pixels">Red, green, blue, alpha from the low byte up, row after row; alpha not multiplied in.</param>
internal sealed record Raster(int Width, int Height, uint[] Pixels)
{
    /// <summary>Pixels of the longer side, unless the cover has fewer.</summary>
    public const int MaxSide = 32;

    /// <summary>Four bytes a pixel: red, green, blue, alpha.</summary>
    public ReadOnlySpan<byte> Rgba => MemoryMarshal.AsBytes<uint>(Pixels);
}
