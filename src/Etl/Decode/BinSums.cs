using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Etl.Decode;

/// <summary>Counted pixels by colour bin: of each bin how many, and the sums of their channels. Bins without pixels take no room.</summary>
/// <remarks>The bins are those of <see cref="ColorHistogram"/>. The arrays are pooled, and grow with the colours of the cover.</remarks>
internal sealed class BinSums : IDisposable
{
    /// <summary>Which lane of <see cref="At"/> has the count; those before it have red, green and blue.</summary>
    public const int CountLane = 3;

    private const int FirstRoom = 4_096;
    private const uint LowBits = 0x00_07_07_07;
    private const uint One = 0x01_00_00_00;

    private ushort[]? _places = ArrayPool<ushort>.Shared.Rent(ColorHistogram.Bins);
    private Vector128<uint>[] _sums = ArrayPool<Vector128<uint>>.Shared.Rent(FirstRoom);

    public BinSums() => _places.AsSpan(0, ColorHistogram.Bins).Clear();

    /// <summary>Bins that have pixels.</summary>
    public int Count { get; private set; }

    /// <summary>By bin where its sums are; 0 for a bin without pixels.</summary>
    public ReadOnlySpan<ushort> Places =>
        _places is null ? throw new ObjectDisposedException(nameof(BinSums)) : _places.AsSpan(0, ColorHistogram.Bins);

    /// <summary>The sums at a place: of each channel the bits below the bin's, which hold 536 million pixels, and the count.</summary>
    public Vector128<uint> At(int place) => _sums[place];

    /// <summary>Counts a pixel: red, green, blue from the low byte up.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(uint pixel, uint bin)
    {
        Vector128<byte> channels = Vector128.CreateScalarUnsafe((pixel & LowBits) | One).AsByte();
        Add((int)bin, Vector128.WidenLower(Vector128.WidenLower(channels)));
    }

    /// <summary>Adds sums to those of a bin.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(int bin, Vector128<uint> sums)
    {
        int place = _places![bin];
        if (place == 0)
        {
            place = NewPlace(bin);
        }

        _sums[place] += sums;
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _places, null) is { } places)
        {
            ArrayPool<ushort>.Shared.Return(places);
            ArrayPool<Vector128<uint>>.Shared.Return(_sums);
        }
    }

    private int NewPlace(int bin)
    {
        int place = ++Count; // from 1, for 0 is no place
        if (place == _sums.Length)
        {
            Vector128<uint>[] larger = ArrayPool<Vector128<uint>>.Shared.Rent(2 * place);
            _sums.CopyTo(larger, 0);
            ArrayPool<Vector128<uint>>.Shared.Return(_sums);
            _sums = larger;
        }

        _sums[place] = default;
        return _places![bin] = (ushort)place;
    }
}
