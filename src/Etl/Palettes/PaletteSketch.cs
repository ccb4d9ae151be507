using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace PaletteEtl.Palettes;

/// <summary>Twelve numbers of a palette that give a lower bound of its distance from any other.</summary>
/// <remarks>
/// On each axis of OKLab the weights are put in order and cut into four quarters, of which the means are kept. On a line the earth mover's
/// distance is the mean of the differences between the two orders, so that the mean difference of the quarters is not above it; and a way
/// is at least as long as its parts along the axes are together, as the sides of a box.
/// </remarks>
internal static class PaletteSketch
{
    public const int Axes = 3;
    public const int Quarters = 4;
    public const int Length = Axes * Quarters;

    /// <summary>The numbers in a distance of 1. The differences of four quarters fit into 16 bits.</summary>
    private const float Unit = 64;

    /// <summary>Covers the rounding of the numbers: half of a unit in each of two palettes, on three axes.</summary>
    private const float Slack = 1.8f / Unit;

    /// <summary>Sets the numbers of a palette: those of L, then those of a, then those of b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Set(WeightedPalette palette, Span<short> sketch)
    {
        SetAxis(palette, palette.Colors.L, PaletteDistance.Scale, sketch[..Quarters]);
        SetAxis(palette, palette.Colors.A, PaletteDistance.Scale * Oklab.ChromaWeight, sketch[Quarters..(2 * Quarters)]);
        SetAxis(palette, palette.Colors.B, PaletteDistance.Scale * Oklab.ChromaWeight, sketch[(2 * Quarters)..]);
    }

    /// <summary>The limit for a distance: palettes whose <see cref="SquaredSum"/> exceeds it are farther away.</summary>
    public static float Threshold(float distance)
    {
        float sum = (distance + Slack) * Unit * Quarters;
        return sum * sum;
    }

    /// <summary>The sum of the squared differences on the axes, for eight palettes at once.</summary>
    /// <param name="l">The sums of the differences of the quarters on the axis of L.</param>
    /// <param name="a">Those on the axis of a.</param>
    /// <param name="b">Those on the axis of b.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> SquaredSum(Vector256<int> l, Vector256<int> a, Vector256<int> b)
    {
        (Vector256<float> x, Vector256<float> y, Vector256<float> z) =
            (Vector256.ConvertToSingle(l), Vector256.ConvertToSingle(a), Vector256.ConvertToSingle(b));
        return (x * x) + (y * y) + (z * z);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SetAxis(WeightedPalette palette, ReadOnlySpan<float> values, float scale, Span<short> quarters)
    {
        Span<int> order = stackalloc int[Palette.MaxColors];
        Sort(values, order);
        int quarter = 0, room = palette.Total;
        double sum = 0;
        for (int i = 0; i < values.Length; i++)
        {
            float value = values[order[i]];
            for (int left = Quarters * palette.Parts[order[i]]; left > 0;)
            {
                int taken = Math.Min(left, room);
                sum += (double)taken * value;
                (left, room) = (left - taken, room - taken);
                if (room == 0)
                {
                    quarters[quarter++] = (short)Math.Round(sum / palette.Total * scale * Unit);
                    (sum, room) = (0, palette.Total);
                }
            }
        }
    }

    /// <summary>Sorts places by their values, by insertion.</summary>
    private static void Sort(ReadOnlySpan<float> values, Span<int> order)
    {
        for (int i = 0; i < values.Length; i++)
        {
            int at = i;
            for (; at > 0 && values[order[at - 1]] > values[i]; at--)
            {
                order[at] = order[at - 1];
            }

            order[at] = i;
        }
    }
}
