using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace PaletteEtl.Palettes;

/// <summary>Counted pixels by colour bin: of each bin how many, and the sums of their channels. Bins without pixels take no room.</summary>
/// <remarks>
/// The bins are those of <see cref="ColorHistogram"/>, which owns the sums. The arrays are pooled, and grow with the colours of the cover. Pixels are
/// counted first; once the sums are in order, the table of places that takes goes to the next cover, still in the core's cache.
/// </remarks>
public sealed class BinSums
{
    /// <summary>The lane of a sum that has the count; those before it have red, green and blue.</summary>
    public const int CountLane = 3;

    private const int FirstRoom = 4_096;
    private const int LowBitCount = 8 - ColorHistogram.Bits;
    private const uint LowBits = 0x00_07_07_07;
    private const uint One = 0x01_00_00_00;

    // By bin where its sums are, from 1; 0 for a bin without pixels. Null once the sums are in order.
    private ushort[]? _places = ArrayPool<ushort>.Shared.Rent(ColorHistogram.Bins);
    private Vector128<uint>[]? _sums = ArrayPool<Vector128<uint>>.Shared.Rent(FirstRoom);
    private ushort[]? _bins;

    internal BinSums() => _places.AsSpan(0, ColorHistogram.Bins).Clear();

    /// <summary>Bins that have pixels.</summary>
    public int Count { get; private set; }

    /// <summary>The bins that have pixels, in ascending order.</summary>
    public ReadOnlySpan<ushort> Bins
    {
        get
        {
            Order();
            return _bins.AsSpan(0, Count);
        }
    }

    /// <summary>The sums of each of <see cref="Bins"/>: of the lower three bits of red, green and blue, which hold 536 million pixels, and
    /// the count of pixels in <see cref="CountLane"/>. The bin has the upper five bits of each channel.</summary>
    public ReadOnlySpan<Vector128<uint>> Sums
    {
        get
        {
            Order();
            return _sums.AsSpan(0, Count);
        }
    }

    /// <summary>Counts the pixels of all bins.</summary>
    internal long CountPixels()
    {
        long pixels = 0;
        foreach (ref readonly Vector128<uint> sum in Sums)
        {
            pixels += sum[CountLane];
        }

        return pixels;
    }

    /// <summary>Counts a pixel: red, green, blue from the low byte up.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Add(uint pixel, uint bin)
    {
        Vector128<byte> channels = Vector128.CreateScalarUnsafe((pixel & LowBits) | One).AsByte();
        Add((int)bin, Vector128.WidenLower(Vector128.WidenLower(channels)));
    }

    /// <summary>Adds sums to those of a bin.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Add(int bin, Vector128<uint> sums)
    {
        int place = _places![bin];
        if (place == 0)
        {
            place = NewPlace(bin);
        }

        _sums![place] += sums;
    }

    /// <summary>The sums of the converted mean colour of each bin.</summary>
    internal BinSums Converted(ColorProfile profile)
    {
        var converted = new BinSums();
        for (int i = 0; i < Bins.Length; i++)
        {
            int bin = Bins[i];
            Vector128<uint> sums = Sums[i];
            Vector128<int> least = Vector128.Create(bin >> (2 * ColorHistogram.Bits), bin >> ColorHistogram.Bits, bin, 0) & Vector128.Create(ColorHistogram.Side - 1);
            float count = sums[CountLane];
            Vector128<float> mean = Vector128.ConvertToSingle(least << LowBitCount) + (Vector128.ConvertToSingle(sums) / count);
            converted.Add(profile.Convert(mean), sums[CountLane]);
        }

        return converted;
    }

    /// <summary>Puts the sums in the order of their bins. No pixel can be counted after that.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Order()
    {
        if (_places is null)
        {
            ObjectDisposedException.ThrowIf(_sums is null, this);
            return;
        }

        ReadOnlySpan<ushort> places = _places.AsSpan(0, ColorHistogram.Bins);
        ReadOnlySpan<Vector128<uint>> unordered = _sums;
        ushort[] bins = ArrayPool<ushort>.Shared.Rent(Count);
        Vector128<uint>[] sums = ArrayPool<Vector128<uint>>.Shared.Rent(Count);
        int i = 0;
        for (int first = 0; first < places.Length; first += Vector256<ushort>.Count)
        {
            uint empty = Vector256.Equals(Vector256.Create(places[first..]), Vector256<ushort>.Zero).ExtractMostSignificantBits();
            for (uint full = ~empty & ushort.MaxValue; full != 0; full &= full - 1)
            {
                int bin = first + BitOperations.TrailingZeroCount(full);
                bins[i] = (ushort)bin;
                sums[i++] = unordered[places[bin]];
            }
        }

        Return();
        (_bins, _sums) = (bins, sums);
    }

    /// <summary>Returns the arrays to their pool.</summary>
    internal void Return()
    {
        Return(ref _places);
        Return(ref _bins);
        Return(ref _sums);
    }

    /// <summary>Counts pixels whose mean colour is known.</summary>
    private void Add(Vector128<float> mean, uint count)
    {
        Vector128<int> high = Vector128.ConvertToInt32(mean) >> LowBitCount;
        Vector128<float> low = (mean - Vector128.ConvertToSingle(high << LowBitCount)) * count;
        Vector128<uint> sums = Vector128.ConvertToUInt32(low + Vector128.Create(0.5f));
        Add((high[0] << (2 * ColorHistogram.Bits)) | (high[1] << ColorHistogram.Bits) | high[2], sums.WithElement(CountLane, count));
    }

    private int NewPlace(int bin)
    {
        int place = ++Count; // from 1, for 0 is no place
        if (place == _sums!.Length)
        {
            Vector128<uint>[] larger = ArrayPool<Vector128<uint>>.Shared.Rent(2 * place);
            _sums.CopyTo(larger, 0);
            ArrayPool<Vector128<uint>>.Shared.Return(_sums);
            _sums = larger;
        }

        _sums[place] = default;
        return _places![bin] = (ushort)place;
    }

    private static void Return<T>(ref T[]? array)
    {
        if (Interlocked.Exchange(ref array, null) is { } rented)
        {
            ArrayPool<T>.Shared.Return(rented);
        }
    }
}
