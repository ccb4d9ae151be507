using CsCheck;
using PaletteEtl.Pipeline;

namespace Etl.Tests.Telemetry;

public sealed class DurationHistogramTests
{
    private const double BucketWidth = 0.032;

    [Fact]
    public void Quantile_OfNothing_IsZero() => Assert.Equal(TimeSpan.Zero, new DurationHistogram().Quantile(0.5));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(31)]
    [InlineData(63)]
    public void Quantile_OfFewMicroseconds_IsExact(long micros)
    {
        var histogram = new DurationHistogram();

        histogram.Add(TimeSpan.FromMicroseconds(micros));

        Assert.Equal(TimeSpan.FromMicroseconds(micros), histogram.Quantile(0.99));
    }

    [Fact]
    public void Quantile_OfAnyDurations_IsWithinABucketOfTheExactOne() =>
        Gen.Select(
            Gen.OneOf(Gen.Long[0, 100], Gen.Long[0, 100_000], Gen.Long[0, 100_000_000_000]).Array[1, 500],
            Gen.OneOf(Gen.Double[0, 1], Gen.Const(0.5), Gen.Const(0.95), Gen.Const(0.99), Gen.Const(1.0)))
        .Sample((micros, share) =>
        {
            var histogram = new DurationHistogram();
            foreach (long one in micros)
            {
                histogram.Add(TimeSpan.FromMicroseconds(one));
            }

            long rank = Math.Max(1, (long)Math.Ceiling(share * micros.Length));
            double exact = micros.Order().ElementAt((int)rank - 1);

            Assert.Equal(micros.Length, histogram.Count);
            Assert.InRange(histogram.Quantile(share).TotalMicroseconds, exact * (1 - BucketWidth), exact * (1 + BucketWidth));
        });

    [Fact]
    public void Add_DurationOutOfRange_IsCountedAtTheEnd()
    {
        var histogram = new DurationHistogram();

        histogram.Add(TimeSpan.FromSeconds(-1));
        histogram.Add(TimeSpan.MaxValue);

        Assert.Equal(2, histogram.Count);
        Assert.Equal(TimeSpan.Zero, histogram.Quantile(0.5));
        Assert.True(histogram.Quantile(1) > TimeSpan.FromDays(1));
    }
}
