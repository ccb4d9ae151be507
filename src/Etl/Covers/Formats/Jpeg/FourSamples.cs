using System.Runtime.Intrinsics;

namespace PaletteEtl.Covers.Formats.Jpeg;

/// <summary>Four samples of a row of each of eight blocks.</summary>
internal readonly record struct FourSamples(Vector256<float> First, Vector256<float> Second, Vector256<float> Third, Vector256<float> Fourth)
{
    public static FourSamples operator +(FourSamples one, FourSamples other) =>
        new(one.First + other.First, one.Second + other.Second, one.Third + other.Third, one.Fourth + other.Fourth);

    public static FourSamples operator -(FourSamples one, FourSamples other) =>
        new(one.First - other.First, one.Second - other.Second, one.Third - other.Third, one.Fourth - other.Fourth);

    public static FourSamples operator *(FourSamples samples, float factor) =>
        new(samples.First * factor, samples.Second * factor, samples.Third * factor, samples.Fourth * factor);
}
