using System.Numerics;

namespace PaletteEtl.Pipeline;

/// <summary>Counts durations in buckets 3 % wide, from 1 µs up, so that quantiles of any number of them take fixed memory.</summary>
/// <remarks>Log-linear buckets as in HdrHistogram: 32 to each power of two. Not safe for concurrent use.</remarks>
internal sealed class DurationHistogram
{
    private const int SubBits = 5;
    private const int Sub = 1 << SubBits;
    private const int Octaves = 40;

    private readonly long[] _buckets = new long[Octaves * Sub];

    public long Count { get; private set; }

    public void Add(TimeSpan duration)
    {
        long micros = Math.Max(0, (long)duration.TotalMicroseconds);
        _buckets[Math.Min(Bucket(micros), _buckets.Length - 1)]++;
        Count++;
    }

    /// <summary>The duration that a share of all do not exceed, to within a bucket; zero when there are none.</summary>
    /// <param name="share">From 0 to 1.</param>
    public TimeSpan Quantile(double share)
    {
        long rank = Math.Max(1, (long)Math.Ceiling(share * Count));
        long seen = 0;
        for (int bucket = 0; bucket < _buckets.Length && Count > 0; bucket++)
        {
            seen += _buckets[bucket];
            if (seen >= rank)
            {
                return TimeSpan.FromMicroseconds(Middle(bucket));
            }
        }

        return TimeSpan.Zero;
    }

    private static int Bucket(long micros)
    {
        if (micros < Sub)
        {
            return (int)micros;
        }

        int octave = BitOperations.Log2((ulong)micros) - SubBits;
        return (octave * Sub) + (int)(micros >> octave);
    }

    private static double Middle(int bucket)
    {
        int octave = Math.Max(0, (bucket / Sub) - 1);
        long low = (long)(bucket - (octave * Sub)) << octave;
        return octave == 0 ? low : low + ((1L << octave) / 2.0);
    }
}
