using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace PaletteEtl.Covers.Formats.Avif;

/// <summary>The samples of a decoded frame. Behind a row there is room for one more vector.</summary>
/// <param name="Width">Pixels of a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Format">The samples.</param>
/// <param name="Luma">The address of luma.</param>
/// <param name="Blue">The address of the difference of blue and luma.</param>
/// <param name="Red">The address of the difference of red and luma.</param>
/// <param name="LumaStride">Bytes from a row of luma to the next.</param>
/// <param name="ChromaStride">Bytes from a row of chroma to the next.</param>
internal readonly record struct YuvFrame(
    int Width, int Height, Av1Format Format, nint Luma, nint Blue, nint Red, nint LumaStride, nint ChromaStride)
{
    /// <summary>The samples of luma in a row.</summary>
    public YuvRow LumaOf(int row) => new(Luma + (row * LumaStride), Format.Bits, IsHalf: false);

    /// <summary>The samples of blue in a row.</summary>
    public YuvRow BlueOf(int row) => ChromaOf(Blue, row);

    /// <summary>The samples of red in a row.</summary>
    public YuvRow RedOf(int row) => ChromaOf(Red, row);

    private YuvRow ChromaOf(nint plane, int row) =>
        new(plane + ((row >> (Format.IsHalfHigh ? 1 : 0)) * ChromaStride), Format.Bits, Format.IsHalfWide);

    /// <summary>A row of one plane.</summary>
    /// <param name="Address">The address of its first sample.</param>
    /// <param name="Bits">Bits of a sample.</param>
    /// <param name="IsHalf">Whether each sample counts for two pixels.</param>
    internal readonly record struct YuvRow(nint Address, int Bits, bool IsHalf)
    {
        /// <summary>The samples of eight pixels.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<int> Eight(int x)
        {
            Vector256<int> samples = At(IsHalf ? x >> 1 : x);
            return IsHalf ? Vector256.Shuffle(samples, Vector256.Create(0, 0, 1, 1, 2, 2, 3, 3)) : samples;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private unsafe Vector256<int> At(int x) => Vector256.WidenLower((Bits == 8
            ? Vector128.WidenLower(Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<ulong>((byte*)Address + x)).AsByte())
            : Unsafe.ReadUnaligned<Vector128<ushort>>((ushort*)Address + x)).ToVector256Unsafe()).AsInt32();
    }
}
