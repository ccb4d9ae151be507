using System.Collections.Concurrent;
using Etl.Pipeline;

namespace Etl.Decode;

/// <summary>Buffers for whole pictures, one for each core kept for the next cover: to map and clear fresh memory takes an eighth
/// of the time that a cover does.</summary>
internal static class PixelBuffers
{
    /// <summary>Bytes of a buffer that is kept at most; larger ones are given back at once.</summary>
    private const int MostKept = 4 << 20;

    private static readonly ConcurrentBag<NativeBuffer> Kept = [];

    /// <summary>A buffer of at least so many bytes, with anything in them.</summary>
    public static NativeBuffer Rent(int length)
    {
        if (!Kept.TryTake(out NativeBuffer? buffer))
        {
            return new NativeBuffer(length);
        }

        if (buffer.Length < length)
        {
            buffer.Resize(length);
        }

        return buffer;
    }

    public static void Return(NativeBuffer buffer)
    {
        if (buffer.Length <= MostKept && Kept.Count < Environment.ProcessorCount)
        {
            Kept.Add(buffer);
        }
        else
        {
            buffer.Dispose();
        }
    }
}
