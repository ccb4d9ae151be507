using PaletteEtl.Palettes;

namespace PaletteEtl.Columns;

/// <summary>A grey picture of a size that a hash needs, regardless of proportions.</summary>
internal static class GreyRaster
{
    /// <summary>The luma (BT.601) of a picture in another size: each pixel is the mean of the area that it covers.</summary>
    public static byte[] Of(Raster picture, int width, int height)
    {
        double[] luma = [.. picture.Pixels.Select(static pixel =>
            (0.299 * (pixel & 0xFF)) + (0.587 * ((pixel >> 8) & 0xFF)) + (0.114 * ((pixel >> 16) & 0xFF)))];
        double[] narrow = Resize(luma, picture.Width, picture.Height, width);
        double[] small = Transpose(Resize(Transpose(narrow, width), picture.Height, width, height), height);
        return [.. small.Select(static value => (byte)Math.Round(value))];
    }

    /// <summary>Gives each row another length.</summary>
    private static double[] Resize(double[] picture, int width, int height, int newWidth)
    {
        double[] resized = new double[newWidth * height];
        for (int i = 0; i < resized.Length; i++)
        {
            (int y, int x) = Math.DivRem(i, newWidth);
            double from = (double)x * width / newWidth, to = (double)(x + 1) * width / newWidth;
            for (int source = (int)from; source < Math.Min(width, Math.Ceiling(to)); source++)
            {
                double overlap = Math.Min(to, source + 1) - Math.Max(from, source);
                resized[i] += picture[(y * width) + source] * overlap / (to - from);
            }
        }

        return resized;
    }

    private static double[] Transpose(double[] picture, int width)
    {
        int height = picture.Length / width;
        double[] turned = new double[picture.Length];
        for (int i = 0; i < picture.Length; i++)
        {
            turned[(i % width * height) + (i / width)] = picture[i];
        }

        return turned;
    }
}
