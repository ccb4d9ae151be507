namespace Etl.Host.Bench.Quality;

/// <summary>The colour difference CIEDE2000 with its three parametric factors at 1.</summary>
/// <remarks>G. Sharma, W. Wu and E. N. Dalal, "The CIEDE2000 color-difference formula: implementation notes, supplementary test data,
/// and mathematical observations", Color Research and Application 30, 2005. Angles are in degrees.</remarks>
internal static class Ciede2000
{
    /// <summary>Opposite hues are 180 degrees apart, but for rounding.</summary>
    private const double HalfTurn = 180 + 1e-9;

    public static double Between(CieLab one, CieLab other)
    {
        double stretch = 1.5 - (0.5 * Saturation((one.Chroma + other.Chroma) / 2));
        (double chroma1, double hue1) = Polar(stretch * one.A, one.B);
        (double chroma2, double hue2) = Polar(stretch * other.A, other.B);
        (double hueDifference, double hue) = chroma1 * chroma2 == 0 ? (0, hue1 + hue2) : DifferenceAndMean(hue1, hue2);
        double chroma = (chroma1 + chroma2) / 2;
        double t = 1 - (0.17 * Cos(hue - 30)) + (0.24 * Cos(2 * hue)) + (0.32 * Cos((3 * hue) + 6)) - (0.2 * Cos((4 * hue) - 63));
        double dl = LightnessPart(one, other);
        double dc = (chroma2 - chroma1) / (1 + (0.045 * chroma));
        double dh = 2 * Math.Sqrt(chroma1 * chroma2) * Sin(hueDifference / 2) / (1 + (0.015 * chroma * t));
        double fromBlue = (hue - 275) / 25;
        double rotation = -2 * Saturation(chroma) * Sin(60 * Math.Exp(-fromBlue * fromBlue));
        return Math.Sqrt((dl * dl) + (dc * dc) + (dh * dh) + (rotation * dc * dh));
    }

    /// <summary>The difference in lightness. The whole difference is never smaller.</summary>
    public static double LightnessPart(CieLab one, CieLab other)
    {
        double fromMiddle = ((one.L + other.L) / 2) - 50, square = fromMiddle * fromMiddle;
        return Math.Abs(other.L - one.L) / (1 + (0.015 * square / Math.Sqrt(20 + square)));
    }

    private static double Saturation(double chroma)
    {
        const double SeventhPowerOf25 = 6_103_515_625;
        double cube = chroma * chroma * chroma, power = cube * cube * chroma;
        return Math.Sqrt(power / (power + SeventhPowerOf25));
    }

    private static (double Chroma, double Hue) Polar(double a, double b)
    {
        double hue = double.RadiansToDegrees(Math.Atan2(b, a));
        return (Math.Sqrt((a * a) + (b * b)), hue < 0 ? hue + 360 : hue);
    }

    private static (double Difference, double Mean) DifferenceAndMean(double one, double other)
    {
        (double difference, double sum) = (other - one, one + other);
        return Math.Abs(difference) <= HalfTurn
            ? (difference, sum / 2)
            : (difference > 0 ? difference - 360 : difference + 360, sum < 360 ? (sum + 360) / 2 : (sum - 360) / 2);
    }

    private static double Sin(double degrees) => Math.Sin(double.DegreesToRadians(degrees));

    private static double Cos(double degrees) => Math.Cos(double.DegreesToRadians(degrees));
}
