using System.Runtime.Intrinsics;

namespace PaletteEtl.Palettes;

/// <summary>Converts colours of an RGB colour space, which has one curve and a matrix, to sRGB.</summary>
/// <remarks>Colours outside of sRGB are clipped channel by channel.</remarks>
internal sealed class ColorProfile
{
    private const int Channels = 3;

    /// <summary>Values of a channel between whole ones, as means have them.</summary>
    private const int Steps = 8;

    private readonly float[] _linear = new float[(byte.MaxValue * Steps) + 1];
    private readonly Vector128<float> _red, _green, _blue;

    /// <summary>The profile of a colour space.</summary>
    /// <param name="curve">From a stored value to a linear one, both 0 to 1.</param>
    /// <param name="matrix">From linear values to those of sRGB: nine numbers, row after row.</param>
    public ColorProfile(Func<float, float> curve, ReadOnlySpan<float> matrix)
    {
        for (int i = 0; i < _linear.Length; i++)
        {
            _linear[i] = curve((float)i / (_linear.Length - 1));
        }

        _red = Vector128.Create(matrix[0], matrix[Channels], matrix[2 * Channels], 0);
        _green = Vector128.Create(matrix[1], matrix[Channels + 1], matrix[(2 * Channels) + 1], 0);
        _blue = Vector128.Create(matrix[2], matrix[Channels + 2], matrix[(2 * Channels) + 2], 0);
    }

    /// <summary>Converts a colour.</summary>
    /// <param name="color">Red, green and blue, 0 to 255, not necessarily whole.</param>
    public Vector128<float> Convert(Vector128<float> color)
    {
        Vector128<float> linear = (_red * Linear(color[0])) + (_green * Linear(color[1])) + (_blue * Linear(color[2]));
        return Vector128.Create((float)Oklab.Gamma(linear[0]), (float)Oklab.Gamma(linear[1]), (float)Oklab.Gamma(linear[2]), 0) * byte.MaxValue;
    }

    /// <summary>Converts a pixel: red, green, blue, alpha from the low byte up. Alpha stays as it is.</summary>
    public uint Convert(uint pixel)
    {
        Vector128<float> color = Vector128.ConvertToSingle(Vector128.WidenLower(Vector128.WidenLower(Vector128.CreateScalar(pixel).AsByte())));
        Vector128<uint> converted = Vector128.ConvertToUInt32(Convert(color) + Vector128.Create(0.5f));
        return converted[0] | (converted[1] << 8) | (converted[2] << 16) | (pixel & 0xFF_00_00_00);
    }

    private float Linear(float value) => _linear[(int)((value * Steps) + 0.5f)];
}
