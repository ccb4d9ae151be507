using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PaletteEtl.Palettes;

/// <summary>Averages the areas of a picture into a <see cref="Raster"/>, from rows in any order.</summary>
/// <remarks>An area has whole pixels. Of a large picture some rows are enough: at least <see cref="RowsOfAnArea"/> an area.</remarks>
internal sealed class RasterBuilder : IDisposable
{
    private const int RowsOfAnArea = 8;
    private const int Lanes = 4;
    private const int AlphaLane = 3;

    /// <summary>Additions of four pixels' channels to 16 bits, before they could overflow.</summary>
    private const int Additions = 64;

    // The first pixel of a row behind each area.
    private readonly int[] _ends = new int[Raster.MaxSide];

    // Of each area the sums of its channels, each times alpha, and of alpha; and the count of its pixels.
    private ulong[]? _sums;
    private long[]? _counts;
    private int _sourceWidth, _sourceHeight, _width, _height, _rowStep;

    /// <summary>A picture of this size follows; what was added before does not count.</summary>
    public void Begin(int width, int height)
    {
        double scale = Math.Min(1, (double)Raster.MaxSide / Math.Max(width, height));
        (_sourceWidth, _sourceHeight) = (width, height);
        (_width, _height) = (Math.Max(1, (int)Math.Round(width * scale)), Math.Max(1, (int)Math.Round(height * scale)));
        _rowStep = Math.Max(1, height / (_height * RowsOfAnArea));
        for (int x = 0; x < _width; x++)
        {
            _ends[x] = (int)((long)(x + 1) * width / _width);
        }

        _sums ??= ArrayPool<ulong>.Shared.Rent(Raster.MaxSide * Raster.MaxSide * Lanes);
        _counts ??= ArrayPool<long>.Shared.Rent(Raster.MaxSide * Raster.MaxSide);
        _sums.AsSpan().Clear();
        _counts.AsSpan().Clear();
    }

    /// <summary>Adds rows, the last of which may have fewer pixels.</summary>
    public void Add(ReadOnlySpan<uint> pixels, int row)
    {
        for (; !pixels.IsEmpty && row < _sourceHeight; row++)
        {
            int length = Math.Min(_sourceWidth, pixels.Length);
            if (row % _rowStep == 0)
            {
                AddRow(pixels[..length], (int)((long)row * _height / _sourceHeight));
            }

            pixels = pixels[length..];
        }
    }

    /// <summary>The raster. Areas without pixels, as of a picture that ends early, are transparent.</summary>
    /// <param name="profile">Converts its colours; null if they are as they should be.</param>
    public Raster Build(ColorProfile? profile)
    {
        uint[] pixels = new uint[_width * _height];
        for (int i = 0; i < pixels.Length; i++)
        {
            ReadOnlySpan<ulong> sums = _sums.AsSpan(i * Lanes, Lanes);
            ulong alpha = sums[AlphaLane];
            if (alpha > 0)
            {
                uint opacity = (uint)((alpha + ((ulong)_counts![i] / 2)) / (ulong)_counts[i]);
                uint mean = Mean(sums[0], alpha) | (Mean(sums[1], alpha) << 8) | (Mean(sums[2], alpha) << 16) | (opacity << 24);
                pixels[i] = profile?.Convert(mean) ?? mean;
            }
        }

        return new Raster(_width, _height, pixels);
    }

    /// <summary>Gives the arrays back.</summary>
    public void Dispose()
    {
        if (_sums is not null)
        {
            ArrayPool<ulong>.Shared.Return(_sums);
            ArrayPool<long>.Shared.Return(_counts!);
            (_sums, _counts) = (null, null);
        }
    }

    private static uint Mean(ulong sum, ulong alpha) => (uint)((sum + (alpha / 2)) / alpha);

    private void AddRow(ReadOnlySpan<uint> pixels, int y)
    {
        int from = 0;
        for (int x = 0; x < _width && from < pixels.Length; x++)
        {
            int to = Math.Min(_ends[x], pixels.Length);
            AddRun(pixels[from..to], (y * _width) + x);
            from = to;
        }
    }

    private void AddRun(ReadOnlySpan<uint> pixels, int area)
    {
        Vector128<uint> sums = Sum(pixels);
        Span<ulong> area4 = _sums.AsSpan(area * Lanes, Lanes);
        _counts![area] += pixels.Length;
        if (sums[AlphaLane] == (uint)pixels.Length * byte.MaxValue)
        {
            for (int lane = 0; lane < AlphaLane; lane++)
            {
                area4[lane] += (ulong)sums[lane] * byte.MaxValue;
            }

            area4[AlphaLane] += sums[AlphaLane];
            return;
        }

        foreach (uint pixel in pixels)
        {
            uint alpha = pixel >> 24;
            area4[0] += (pixel & 0xFF) * alpha;
            area4[1] += ((pixel >> 8) & 0xFF) * alpha;
            area4[2] += ((pixel >> 16) & 0xFF) * alpha;
            area4[AlphaLane] += alpha;
        }
    }

    /// <summary>The sums of the four channels. A run is a part of a row, so that 32 bits hold them up to 16 million pixels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Vector128<uint> Sum(ReadOnlySpan<uint> pixels)
    {
        Vector128<uint> total = default;
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(pixels);
        while (bytes.Length >= Vector128<byte>.Count)
        {
            Vector128<ushort> sums = default;
            for (int i = 0; i < Additions && bytes.Length >= Vector128<byte>.Count; i++)
            {
                Vector128<byte> four = Vector128.Create(bytes);
                sums += Vector128.WidenLower(four) + Vector128.WidenUpper(four);
                bytes = bytes[Vector128<byte>.Count..];
            }

            total += Vector128.WidenLower(sums) + Vector128.WidenUpper(sums);
        }

        foreach (uint pixel in MemoryMarshal.Cast<byte, uint>(bytes))
        {
            total += Vector128.WidenLower(Vector128.WidenLower(Vector128.CreateScalarUnsafe(pixel).AsByte()));
        }

        return total;
    }
}
