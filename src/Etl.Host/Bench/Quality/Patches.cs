namespace Etl.Host.Bench.Quality;

/// <summary>Finds patches of adjoining pixels in a mask.</summary>
internal static class Patches
{
    /// <summary>Number of pixels of the largest patch; a pixel adjoins the eight around it.</summary>
    /// <param name="mask">Whether a pixel may belong to a patch, row after row.</param>
    /// <param name="width">Pixels of a row.</param>
    public static int Largest(bool[] mask, int width)
    {
        bool[] left = [.. mask];
        int largest = 0;
        for (int i = 0; i < left.Length; i++)
        {
            largest = left[i] ? Math.Max(largest, Take(left, width, i)) : largest;
        }

        return largest;
    }

    /// <summary>Takes the patch of a pixel out of the mask, and returns its number of pixels.</summary>
    private static int Take(bool[] mask, int width, int first)
    {
        List<int> patch = [first];
        mask[first] = false;
        for (int i = 0; i < patch.Count; i++)
        {
            (int y, int x) = Math.DivRem(patch[i], width);
            for (int row = Math.Max(0, y - 1); row <= Math.Min((mask.Length / width) - 1, y + 1); row++)
            {
                for (int pixel = (row * width) + Math.Max(0, x - 1); pixel <= (row * width) + Math.Min(width - 1, x + 1); pixel++)
                {
                    if (mask[pixel])
                    {
                        mask[pixel] = false;
                        patch.Add(pixel);
                    }
                }
            }
        }

        return patch.Count;
    }
}
