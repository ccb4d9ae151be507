using System.Numerics;
using System.Runtime.InteropServices;
using Etl.Host.Bench.Quality;
using PaletteEtl.Palettes;
using SkiaSharp;

namespace Etl.Benchmarks;

/// <summary>The pixels of a cover in CIELAB, for the sliced Wasserstein distance between covers.</summary>
/// <remarks>J. Rabin, G. Peyré, J. Delon and M. Bernot, "Wasserstein barycenter and its application to texture mixing", 2011. The pixels are
/// projected on fixed directions, and the quantiles of each projection are compared.</remarks>
internal sealed class PixelCloud
{
    private const int Directions = 64;
    private const int Quantiles = 256;
    private const int Samples = 8_192;
    private const int OpaqueFrom = 125;

    private readonly float[] _quantiles = new float[Directions * Quantiles];

    public PixelCloud(SKColor[] pixels)
    {
        int step = Math.Max(1, pixels.Length / Samples);
        Vector3[] colors = [.. pixels.Where((pixel, i) => i % step == 0 && pixel.Alpha >= OpaqueFrom).Select(LabOf)];
        float[] projections = new float[colors.Length];
        for (int direction = 0; direction < Directions; direction++)
        {
            Vector3 axis = AxisOf(direction);
            for (int i = 0; i < colors.Length; i++)
            {
                projections[i] = Vector3.Dot(colors[i], axis);
            }

            Array.Sort(projections);
            for (int i = 0; i < Quantiles && colors.Length > 0; i++)
            {
                _quantiles[(direction * Quantiles) + i] = projections[(int)((i + 0.5) / Quantiles * colors.Length)];
            }
        }
    }

    public float DistanceTo(PixelCloud other)
    {
        ReadOnlySpan<Vector<float>> one = MemoryMarshal.Cast<float, Vector<float>>(_quantiles);
        ReadOnlySpan<Vector<float>> two = MemoryMarshal.Cast<float, Vector<float>>(other._quantiles);
        Vector<float> sum = default;
        for (int i = 0; i < one.Length; i++)
        {
            sum += Vector.Abs(one[i] - two[i]);
        }

        return Vector.Sum(sum) / _quantiles.Length;
    }

    /// <summary>Directions that are spread evenly over a hemisphere (Fibonacci's lattice).</summary>
    private static Vector3 AxisOf(int direction)
    {
        double height = (direction + 0.5) / Directions, turn = direction * Math.PI * (3 - Math.Sqrt(5)), radius = Math.Sqrt(1 - (height * height));
        return new((float)height, (float)(radius * Math.Cos(turn)), (float)(radius * Math.Sin(turn)));
    }

    private static Vector3 LabOf(SKColor pixel)
    {
        var lab = CieLab.Of(new Rgb(pixel.Red, pixel.Green, pixel.Blue));
        return new((float)lab.L, (float)lab.A, (float)lab.B);
    }
}
