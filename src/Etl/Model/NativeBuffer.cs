using System.Buffers;
using System.Runtime.InteropServices;

namespace PaletteEtl.Model;

/// <summary>Bytes outside the garbage collector's heap, of exactly the size asked for, given back at once.</summary>
/// <remarks>The memory budgets promise exact bounds, which pooled arrays, rounded up to powers of two, do not keep.</remarks>
internal sealed unsafe class NativeBuffer(int length) : MemoryManager<byte>
{
    private readonly Block _block = new(length);

    /// <summary>Bytes in use.</summary>
    public int Length => _block.Length;

    public nint Address => _block.DangerousGetHandle();

    public override Span<byte> GetSpan() => new((void*)Address, Length);

    public override MemoryHandle Pin(int elementIndex = 0) => new((byte*)Address + elementIndex);

    public override void Unpin()
    {
    }

    /// <summary>Changes the number of bytes; the first ones stay. No span of the buffer may be in use.</summary>
    public void Resize(int length) => _block.Resize(length);

    public void Dispose() => Dispose(disposing: true);

    protected override void Dispose(bool disposing) => _block.Dispose();

    /// <summary>Frees the bytes of a buffer that nobody disposed, such as a cover's that an abort dropped.</summary>
    private sealed class Block : SafeHandle
    {
        public Block(int length)
            : base(0, ownsHandle: true) => Resize(length);

        public override bool IsInvalid => handle == 0;

        public int Length { get; private set; }

        public void Resize(int length)
        {
            SetHandle((nint)NativeMemory.Realloc((void*)handle, (nuint)Math.Max(1, length)));
            Length = length;
        }

        protected override bool ReleaseHandle()
        {
            NativeMemory.Free((void*)handle);
            return true;
        }
    }
}
