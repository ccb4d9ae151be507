using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace PaletteEtl.Palettes;

/// <summary>How far palettes are from one: 0 for the same colours with the same weights, 100 for white from black.</summary>
/// <remarks>
/// The earth mover's distance: the least cost of moving the weights of one palette to those of the other, a unit of weight costing the
/// distance between the two colours. That is the OKLab distance × 100 with a and b times <see cref="Oklab.ChromaWeight"/>. It is a metric: the same both ways, and never longer than a
/// detour over a third palette.
/// </remarks>
internal sealed class PaletteDistance
{
    /// <summary>The distance of white from black.</summary>
    public const float Scale = 100;

    /// <summary>Covers the rounding of a lower bound.</summary>
    private const float Slack = 0.001f;

    private readonly WeightedPalette _one = new();
    private readonly WeightedPalette _other = new();
    private readonly Transport _transport = new();

    public PaletteDistance(in Palette one) => _one.Set(one);

    /// <summary>The distance of another palette; infinity where it is known to be above a limit.</summary>
    /// <remarks>A palette is as far from another as their mean colours, or farther, because no flow moves the mean for less.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public float To(in Palette other, float limit = float.PositiveInfinity)
    {
        _other.Set(other);
        Vector128<float> way = _one.Mean - _other.Mean;
        return MathF.Sqrt(Vector128.Dot(way, way)) > limit + Slack
            ? float.PositiveInfinity
            : _transport.Solve(_one, _other, limit + Slack);
    }
}
