using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PaletteEtl.Palettes;

/// <summary>A picture reduced to the mean colours of its cells, which are squares, from rows in order from the top.</summary>
/// <remarks>Means are taken in sRGB, as the blocks of a JPEG have them, over the opaque pixels of a cell if it has any.</remarks>
internal sealed class CellPicture : IDisposable
{
    /// <summary>Maximum side of a cell: 16 bits hold the sums of so many rows.</summary>
    public const int MaxSide = 257;

    /// <summary>Maximum size of a pooled object's arrays, in bytes.</summary>
    private const int MostKept = 4 << 20;

    private const int Lanes = 4;
    private const int CountLane = 3;
    private const uint Colors = 0x00_FF_FF_FF;
    private const uint One = 0x01_00_00_00;

    private static readonly ConcurrentBag<CellPicture> Kept = [];

    // By column of pixels the sums of red, green, blue and 1 over the present row of cells; of transparent pixels only where there are any.
    private ushort[] _opaque = [];
    private ushort[] _transparent = [];
    private bool _hasTransparent;
    private uint[] _cells = [];
    private int _sourceWidth, _side, _row;

    private CellPicture()
    {
    }

    /// <summary>Cells of a row.</summary>
    public int Width { get; private set; }

    /// <summary>Rows of cells.</summary>
    public int Height { get; private set; }

    private int SumsOfRow => (_sourceWidth + Vector256<uint>.Count) * Lanes; // the last vector may reach beyond the row

    /// <summary>One from a pool, to which disposing gives it back.</summary>
    public static CellPicture Rent() => Kept.TryTake(out CellPicture? kept) ? kept : new CellPicture();

    /// <summary>A picture follows; the one before does not count.</summary>
    /// <param name="width">Pixels of a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="side">Pixels of a side of a cell, 1 to <see cref="MaxSide"/>.</param>
    public void Begin(int width, int height, int side)
    {
        (_sourceWidth, _side, _row, _hasTransparent) = (width, side, 0, false);
        (Width, Height) = ((width + side - 1) / side, (height + side - 1) / side);
        Reserve(ref _cells, Width * Height).Clear();
        if (side > 1)
        {
            Reserve(ref _opaque, SumsOfRow).Clear();
            Reserve(ref _transparent, SumsOfRow).Clear();
        }
    }

    /// <summary>Adds rows, the last of which may have fewer pixels.</summary>
    public void Add(ReadOnlySpan<uint> pixels, int row)
    {
        for (; !pixels.IsEmpty && row / _side < Height; row++)
        {
            int length = Math.Min(_sourceWidth, pixels.Length);
            if (_side == 1)
            {
                pixels[..length].CopyTo(_cells.AsSpan(row * Width));
            }
            else
            {
                AddRow(pixels[..length], row / _side);
            }

            pixels = pixels[length..];
        }
    }

    /// <summary>All rows are added.</summary>
    public void Complete()
    {
        if (_side > 1)
        {
            SetCells();
        }
    }

    /// <summary>The cells of a row: red, green, blue, alpha from the low byte up. Alpha is the share of opaque pixels. Cells without pixels, as
    /// of a picture that ends early, are 0.</summary>
    public ReadOnlySpan<uint> Row(int row) => _cells.AsSpan(row * Width, Width);

    public void Dispose()
    {
        int bytes = (_cells.Length * sizeof(uint)) + ((_opaque.Length + _transparent.Length) * sizeof(ushort));
        if (bytes <= MostKept && Kept.Count < Environment.ProcessorCount)
        {
            Kept.Add(this);
        }
    }

    private static Span<T> Reserve<T>(ref T[] array, int length)
    {
        array = array.Length < length ? new T[length] : array;
        return array.AsSpan(0, length);
    }

    private void AddRow(ReadOnlySpan<uint> pixels, int row)
    {
        if (row != _row)
        {
            SetCells();
            _row = row;
        }

        int whole = pixels.Length - (pixels.Length % Vector256<uint>.Count);
        AddPixels(pixels[..whole], whole, 0);
        if (whole < pixels.Length)
        {
            Span<uint> rest = stackalloc uint[Vector256<uint>.Count];
            rest.Clear();
            pixels[whole..].CopyTo(rest);
            AddPixels(rest, pixels.Length - whole, whole);
        }
    }

    /// <summary>Adds pixels to the sums of their columns.</summary>
    /// <param name="pixels">The pixels, in whole vectors.</param>
    /// <param name="count">How many of them count.</param>
    /// <param name="column">The column of the first.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddPixels(ReadOnlySpan<uint> pixels, int count, int column)
    {
        Span<ushort> opaque = _opaque.AsSpan(column * Lanes), transparent = _transparent.AsSpan(column * Lanes);
        for (int i = 0; i < pixels.Length; i += Vector256<uint>.Count)
        {
            Vector256<uint> eight = Vector256.Create(pixels[i..]);
            Vector256<uint> isOpaque =
                Vector256.GreaterThanOrEqual((eight >>> 24).AsInt32(), Vector256.Create(PixelSampler.OpaqueFrom)).AsUInt32();
            Vector256<uint> counted = (eight & Vector256.Create(Colors)) | Vector256.Create(One);
            Add(counted & isOpaque, opaque[(i * Lanes)..]);
            if (isOpaque != Vector256<uint>.AllBitsSet)
            {
                Vector256<uint> isThere = Vector256.LessThan(Vector256<int>.Indices, Vector256.Create(count - i)).AsUInt32();
                Add(counted & ~isOpaque & isThere, transparent[(i * Lanes)..]);
                _hasTransparent = true;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(Vector256<uint> counted, Span<ushort> sums)
    {
        Span<ushort> next = sums[Vector256<ushort>.Count..];
        (Vector256.Create<ushort>(sums) + Vector256.WidenLower(counted.AsByte())).CopyTo(sums);
        (Vector256.Create<ushort>(next) + Vector256.WidenUpper(counted.AsByte())).CopyTo(next);
    }

    /// <summary>Sets the cells of the present row from the sums of their columns, which begin anew.</summary>
    private void SetCells()
    {
        SetMeans();
        if (_hasTransparent)
        {
            AddTransparent();
            _transparent.AsSpan(0, SumsOfRow).Clear();
            _hasTransparent = false;
        }

        _opaque.AsSpan(0, SumsOfRow).Clear();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SetMeans()
    {
        Span<uint> cells = _cells.AsSpan(_row * Width, Width);
        for (int x = 0; x < cells.Length; x++)
        {
            Vector128<uint> sum = SumOf(_opaque, x);
            cells[x] = sum[CountLane] == 0 ? 0 : Mean(sum) | 0xFF_00_00_00;
        }
    }

    /// <summary>Sets the opaque share of the cells that have transparent pixels, and the colour of those that have no others.</summary>
    private void AddTransparent()
    {
        Span<uint> cells = _cells.AsSpan(_row * Width, Width);
        for (int x = 0; x < cells.Length; x++)
        {
            Vector128<uint> sum = SumOf(_transparent, x);
            if (sum[CountLane] > 0)
            {
                uint opaque = SumOf(_opaque, x)[CountLane];
                cells[x] = opaque == 0 ? Mean(sum) : (cells[x] & Colors) | (byte.MaxValue * opaque / (opaque + sum[CountLane]) << 24);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector128<uint> SumOf(ushort[] sums, int cell)
    {
        int first = cell * _side, end = Math.Min(first + _side, _sourceWidth);
        Vector128<uint> sum = default;
        foreach (Vector64<ushort> column in MemoryMarshal.Cast<ushort, Vector64<ushort>>(sums.AsSpan(first * Lanes, (end - first) * Lanes)))
        {
            sum += Vector128.WidenLower(column.ToVector128Unsafe());
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Mean(Vector128<uint> sum)
    {
        Vector128<float> means = (Vector128.ConvertToSingle(sum) / (float)sum[CountLane]) + Vector128.Create(0.5f);
        Vector128<uint> mean = Vector128.ConvertToInt32Native(means).AsUInt32();
        return mean[0] | (mean[1] << 8) | (mean[2] << 16);
    }
}
