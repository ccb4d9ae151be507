using PaletteEtl.Palettes;

namespace PaletteEtl.Columns;

/// <summary>A grey picture of a size that a hash needs, regardless of proportions.</summary>
internal static class GreyRaster
{
    /// <summary>The luma (BT.601) of a picture in another size, at most 32 pixels a side: each pixel is the mean of the area that it
    /// covers.</summary>
    public static byte[] Of(Raster picture, int width, int height)
    {
        Span<float> values = stackalloc float[Raster.MaxSide * Raster.MaxSide], narrow = stackalloc float[Raster.MaxSide * Raster.MaxSide];
        for (int i = 0; i < picture.Pixels.Length; i++)
        {
            uint pixel = picture.Pixels[i];
            values[i] = (0.299f * (byte)pixel) + (0.587f * (byte)(pixel >> 8)) + (0.114f * (byte)(pixel >> 16));
        }

        Resize(values, picture.Width, picture.Height, narrow, width);
        Resize(narrow, picture.Height, width, values, height);
        byte[] grey = new byte[width * height];
        for (int i = 0; i < grey.Length; i++)
        {
            grey[i] = (byte)MathF.Round(values[i]);
        }

        return grey;
    }

    /// <summary>Gives each row another length, and turns rows into columns.</summary>
    private static void Resize(ReadOnlySpan<float> picture, int length, int rows, Span<float> turned, int newLength)
    {
        for (int x = 0; x < newLength; x++)
        {
            float from = (float)x * length / newLength, to = (float)(x + 1) * length / newLength;
            int last = Math.Min(length, (int)MathF.Ceiling(to));
            for (int y = 0; y < rows; y++)
            {
                float sum = 0;
                for (int i = (int)from; i < last; i++)
                {
                    sum += picture[(y * length) + i] * (MathF.Min(to, i + 1) - MathF.Max(from, i));
                }

                turned[(x * rows) + y] = sum / (to - from);
            }
        }
    }
}
