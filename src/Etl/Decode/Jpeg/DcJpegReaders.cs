using System.Collections.Concurrent;

namespace Etl.Decode.Jpeg;

/// <summary>Readers, one for each core kept for the next cover, so that a cover takes no memory of its own.</summary>
internal static class DcJpegReaders
{
    /// <summary>Bytes of a reader that is kept at most.</summary>
    private const int MostKept = 4 << 20;

    private static readonly ConcurrentBag<DcJpegReader> Kept = [];

    public static DcJpegReader Rent() => Kept.TryTake(out DcJpegReader? reader) ? reader : new DcJpegReader();

    public static void Return(DcJpegReader reader)
    {
        if (reader.Bytes <= MostKept && Kept.Count < Environment.ProcessorCount)
        {
            Kept.Add(reader);
        }
    }
}
