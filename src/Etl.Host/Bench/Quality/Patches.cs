namespace Etl.Host.Bench.Quality;

/// <summary>Finds patches of adjoining pixels in a mask.</summary>
internal static class Patches
{
    /// <summary>The pixels of the largest patch, of several the first; a pixel adjoins the four beside it.</summary>
    /// <param name="mask">Whether a pixel may belong to a patch, row after row.</param>
    /// <param name="width">Pixels of a row.</param>
    public static IReadOnlyList<int> Largest(bool[] mask, int width)
    {
        bool[] left = [.. mask];
        List<int> largest = [];
        for (int i = 0; i < left.Length; i++)
        {
            if (left[i] && Take(left, width, i) is var patch && patch.Count > largest.Count)
            {
                largest = patch;
            }
        }

        return largest;
    }

    /// <summary>Takes the patch of a pixel out of the mask.</summary>
    private static List<int> Take(bool[] mask, int width, int first)
    {
        List<int> patch = [first];
        mask[first] = false;
        for (int i = 0; i < patch.Count; i++)
        {
            int x = patch[i] % width;
            TakePixel(patch[i] - width);
            TakePixel(patch[i] + width);
            TakePixel(x > 0 ? patch[i] - 1 : -1);
            TakePixel(x < width - 1 ? patch[i] + 1 : -1);
        }

        return patch;

        void TakePixel(int pixel)
        {
            if ((uint)pixel < (uint)mask.Length && mask[pixel])
            {
                mask[pixel] = false;
                patch.Add(pixel);
            }
        }
    }
}
