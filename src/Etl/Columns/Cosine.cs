namespace PaletteEtl.Columns;

/// <summary>The cosine as JavaScript engines compute it, so that hashes have the bits of the JavaScript implementations on every machine.
/// Those of C libraries differ in the last bit.</summary>
/// <remarks>After fdlibm's e_rem_pio2.c, k_cos.c and k_sin.c, for angles of 0 to some hundreds. Their notice: Copyright (C) 1993 by Sun
/// Microsystems, Inc. All rights reserved. Developed at SunSoft, a Sun Microsystems, Inc. business. Permission to use, copy, modify, and
/// distribute this software is freely granted, provided that this notice is preserved.</remarks>
internal static class Cosine
{
    // Half of π in three parts, of which the first two have 33 bits.
    private const double Half1 = 1.57079632673412561417e+00, Half2 = 6.07710050630396597660e-11, Half3 = 2.02226624879595063154e-21;

    public static double Of(double angle)
    {
        int quarter = (int)((angle * (2 / Math.PI)) + 0.5);
        double first = angle - (quarter * Half1);
        double near = first - (quarter * Half2);
        double rest = (quarter * Half3) - (first - near - (quarter * Half2));
        double x = near - rest;
        double tail = near - x - rest;
        return (quarter & 3) switch
        {
            0 => OfSmall(x, tail),
            1 => -SineOfSmall(x, tail),
            2 => -OfSmall(x, tail),
            _ => SineOfSmall(x, tail),
        };
    }

    /// <summary>The cosine of an angle of at most a quarter of π and of what it lacks.</summary>
    private static double OfSmall(double x, double tail)
    {
        double z = x * x;
        double series = z * (4.16666666666666019037e-02 + (z * (-1.38888888888741095749e-03 + (z * (2.48015872894767294178e-05
            + (z * (-2.75573143513906633035e-07 + (z * (2.08757232129817482790e-09 + (z * -1.13596475577881948265e-11))))))))));
        double correction = (z * series) - (x * tail);
        int high = (int)(BitConverter.DoubleToInt64Bits(x) >> 32) & int.MaxValue;
        double part = high switch
        {
            < 0x3FD33333 => 0, // 0.3
            > 0x3FE90000 => 0.28125,
            _ => BitConverter.Int64BitsToDouble((long)(high - 0x00200000) << 32), // a quarter of x, in few bits
        };
        return 1 - part - ((0.5 * z) - part - correction);
    }

    private static double SineOfSmall(double x, double tail)
    {
        double z = x * x;
        double series = 8.33333333332248946124e-03 + (z * (-1.98412698298579493134e-04 + (z * (2.75573137070700676789e-06
            + (z * (-2.50507602534068634195e-08 + (z * 1.58969099521155010221e-10)))))));
        return x - ((z * ((0.5 * tail) - (z * x * series))) - tail - (z * x * -1.66666666666666324348e-01));
    }
}
