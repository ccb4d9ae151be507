using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace PaletteEtl.Covers.Formats;

/// <summary>Memory for the pixels of a picture or of some of its rows. One of usual size for each core is kept for the next cover:
/// to map and clear fresh memory takes an eighth of the time that a cover does.</summary>
internal sealed class PixelBuffer : IDisposable
{
    public const int PixelBytes = 4;

    /// <summary>Maximum size of a pooled buffer, in bytes; larger ones are freed at once.</summary>
    private const int MostKept = 4 << 20;

    private static readonly ConcurrentBag<PixelBuffer> Kept = [];

    private readonly NativeBuffer _bytes = new(0);
    private int _length;

    private PixelBuffer()
    {
    }

    public nint Address => _bytes.Address;

    public Span<uint> Pixels => MemoryMarshal.Cast<byte, uint>(_bytes.GetSpan()[.._length]);

    /// <summary>A buffer for so many pixels of four bytes, with anything in them; disposing it gives it back.</summary>
    public static PixelBuffer Rent(int width, int height)
    {
        int length = checked(width * height * PixelBytes);
        PixelBuffer buffer = length <= MostKept && Kept.TryTake(out PixelBuffer? kept) ? kept : new PixelBuffer();
        buffer.SetLength(length);
        return buffer;
    }

    public void Dispose()
    {
        if (_bytes.Length <= MostKept && Kept.Count < Environment.ProcessorCount)
        {
            Kept.Add(this);
        }
        else
        {
            _bytes.Dispose();
        }
    }

    private void SetLength(int length)
    {
        if (_bytes.Length < length)
        {
            _bytes.Resize(length);
        }

        if (length > MostKept)
        {
            LargePages.Advise(_bytes);
        }

        _length = length;
    }
}
