using System.Collections.Concurrent;
using System.Diagnostics;
using Etl.IntegrationTests.Hostile;
using Etl.IntegrationTests.Jpeg;
using PaletteEtl.Covers.Formats.Jpeg;

namespace Etl.LongTests.Jpeg;

/// <summary>Damaged JPEGs, read from their DC coefficients and decoded by Skia. <c>ETL_DC_MUTANTS</c> sets the number of JPEGs.</summary>
public sealed class DcJpegMutantTests(ITestOutputHelper output)
{
    private const int MostBytes = 64 << 10;
    private const int Tries = 5;

    private static readonly int Count = Variable.Number("ETL_DC_MUTANTS", 3_000);
    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(1);

    private readonly Mutants _mutants = Mutants.Of(JpegFiles.Whole, MostBytes);

    [Fact]
    public void TryRead_DamagedFile_IsDeclinedOrGivesThePixelsOfSkia()
    {
        using var readers = new ThreadLocal<DcJpegReader>(() => new DcJpegReader());
        var findings = new ConcurrentBag<string>();
        var slow = new ConcurrentBag<int>();
        int read = 0;

        Parallel.For(0, Count, number =>
        {
            byte[] jpeg = _mutants.Make(number).Bytes;
            long started = Stopwatch.GetTimestamp();
            uint[]? pixels = DcJpegs.Read(readers.Value!, jpeg);
            if (Stopwatch.GetElapsedTime(started) > Slow)
            {
                slow.Add(number);
            }

            Interlocked.Add(ref read, pixels is null ? 0 : 1);
            if (Finding(jpeg, pixels) is { } what)
            {
                findings.Add($"mutant {number} is {what}");
            }
        });

        TimeSpan longest = slow.Select(Time).Append(TimeSpan.Zero).Max();
        output.WriteLine(
            $"{Count:#,0} mutants, {read:#,0} read; {slow.Count} took more than {Slow.TotalMilliseconds} ms, "
            + $"the longest {longest.TotalMilliseconds:0.0} when tried again");
        Assert.True(findings.IsEmpty, string.Join('\n', findings));
        Assert.InRange(read, 1, Count);
        Assert.InRange(longest, TimeSpan.Zero, MostTime);
    }

    /// <summary>The shortest of several tries, for a thread may have to wait for its turn.</summary>
    private TimeSpan Time(int number)
    {
        byte[] jpeg = _mutants.Make(number).Bytes;
        var reader = new DcJpegReader();
        return Enumerable.Range(0, Tries).Min(_ =>
        {
            long started = Stopwatch.GetTimestamp();
            DcJpegs.Read(reader, jpeg);
            return Stopwatch.GetElapsedTime(started);
        });
    }

    /// <summary>The problem with the pixels of a reader that was used before; null when there is none.</summary>
    private static string? Finding(byte[] jpeg, uint[]? pixels)
    {
        if (!IsSame(pixels, DcJpegs.Read(new DcJpegReader(), jpeg)))
        {
            return "read otherwise by a fresh reader";
        }

        var reader = new DcJpegReader();
        uint[]? quarter = DcJpegs.Read(reader, jpeg, scale: 2);
        DcJpegs.Read(reader, jpeg);
        if (!IsSame(quarter, DcJpegs.Read(reader, jpeg, scale: 2)) || (pixels is null && quarter is not null))
        {
            return "read otherwise at a quarter";
        }

        if (pixels is null)
        {
            return null;
        }

        uint[]? decoded = DcJpegs.Decode(jpeg);
        if (decoded is null || !DcJpegs.IsApproximate(jpeg))
        {
            return decoded is null ? "refused by Skia" : IsSame(pixels, decoded) ? null : "decoded otherwise by Skia";
        }

        byte[] grey = DcJpegs.WithoutChroma(jpeg);
        return IsSame(DcJpegs.Read(new DcJpegReader(), grey), DcJpegs.Decode(grey)) ? null : "decoded to another luma by Skia";
    }

    private static bool IsSame(uint[]? one, uint[]? other) =>
        one is null || other is null ? one == other : one.AsSpan().SequenceEqual(other);
}
