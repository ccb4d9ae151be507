using System.Collections.Concurrent;

namespace PaletteEtl.Covers.Formats.Jpeg;

/// <summary>A pool with one reader per core, so that a cover allocates no memory of its own.</summary>
internal static class DcJpegReaders
{
    /// <summary>Maximum size of a pooled reader, in bytes.</summary>
    private const int MostKept = 4 << 20;

    private static readonly ConcurrentBag<DcJpegReader> Kept = [];

    public static DcJpegReader Rent() => Kept.TryTake(out DcJpegReader? reader) ? reader : new DcJpegReader();

    /// <summary>The damage in the coded data of a JPEG; null when there is none, or the picture is of a kind that is not read.</summary>
    public static string? FindDamage(ReadOnlySpan<byte> file)
    {
        DcJpegReader reader = Rent();
        try
        {
            return reader.FindDamage(file);
        }
        finally
        {
            Return(reader);
        }
    }

    /// <summary>Maximum number of bytes that a strict check takes: a copy of the file, and 11 for each block of each component.</summary>
    public static long CheckBytes(int fileLength, long pixels) => fileLength + (pixels * 3 / 4);

    public static void Return(DcJpegReader reader)
    {
        if (reader.Bytes <= MostKept && Kept.Count < Environment.ProcessorCount)
        {
            Kept.Add(reader);
        }
    }
}
