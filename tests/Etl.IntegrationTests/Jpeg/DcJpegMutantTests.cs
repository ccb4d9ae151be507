using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Etl.Decode.Jpeg;
using Etl.IntegrationTests.Hostile;

namespace Etl.IntegrationTests.Jpeg;

/// <summary>Damaged JPEGs, read from their DC coefficients and decoded by Skia. <c>ETL_DC_MUTANTS</c> says how many.</summary>
public sealed class DcJpegMutantTests(ITestOutputHelper output)
{
    private const int Fewer = 3_000;
    private const int MostBytes = 64 << 10;

    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(2); // of a thread that may have to wait for its turn

    [Fact]
    public void TryRead_DamagedFile_IsDeclinedOrGivesThePixelsOfSkia()
    {
        int count = int.Parse(Environment.GetEnvironmentVariable("ETL_DC_MUTANTS") ?? $"{Fewer}", CultureInfo.InvariantCulture);
        var mutants = Mutants.Of(JpegFiles.Whole, MostBytes);
        using var readers = new ThreadLocal<DcJpegReader>(() => new DcJpegReader());
        var findings = new ConcurrentBag<(int Number, string What)>();
        var read = new ConcurrentBag<TimeSpan>();
        long longest = 0;

        Parallel.For(0, count, number =>
        {
            byte[] jpeg = mutants.Make(number).Bytes;
            long started = Stopwatch.GetTimestamp();
            uint[]? pixels = DcJpegs.Read(readers.Value!, jpeg);
            TimeSpan took = Stopwatch.GetElapsedTime(started);
            InterlockedMax(ref longest, took.Ticks);
            if (pixels is not null)
            {
                read.Add(took);
            }

            if (Finding(jpeg, pixels) is { } what)
            {
                findings.Add((number, what));
            }
        });

        output.WriteLine($"{count:#,0} mutants, {read.Count:#,0} read, the longest in {TimeSpan.FromTicks(longest).TotalMilliseconds:0.0} ms");
        Assert.Empty(findings);
        Assert.NotEmpty(read);
        Assert.InRange(TimeSpan.FromTicks(longest), TimeSpan.Zero, MostTime);
    }

    /// <summary>What is wrong with the pixels of a reader that was used before; null when nothing is.</summary>
    private static string? Finding(byte[] jpeg, uint[]? pixels)
    {
        if (!IsSame(pixels, DcJpegs.Read(new DcJpegReader(), jpeg)))
        {
            return "read otherwise by a fresh reader";
        }

        if (pixels is null)
        {
            return null;
        }

        if (!DcJpegs.IsApproximate(jpeg))
        {
            return IsSame(pixels, DcJpegs.Decode(jpeg)) ? null : "decoded otherwise by Skia";
        }

        byte[] grey = DcJpegs.WithoutChroma(jpeg);
        return DcJpegs.Decode(jpeg) is null ? "refused by Skia"
            : IsSame(DcJpegs.Read(new DcJpegReader(), grey), DcJpegs.Decode(grey)) ? null
            : "luma decoded otherwise by Skia";
    }

    private static bool IsSame(uint[]? one, uint[]? other) =>
        one is null || other is null ? one == other : one.AsSpan().SequenceEqual(other);

    private static void InterlockedMax(ref long most, long value)
    {
        for (long seen = Volatile.Read(ref most); value > seen;)
        {
            long found = Interlocked.CompareExchange(ref most, value, seen);
            if (found == seen)
            {
                return;
            }

            seen = found;
        }
    }
}
