using SkiaSharp;

namespace PaletteEtl.Covers.Formats;

/// <summary>A cover's bytes, as a codec reads them, until its time is up: then they end.</summary>
/// <remarks>This is how a codec that gives no rows is stopped. An exception must not pass through its native frames, so
/// its owner looks at the deadline when it fails.</remarks>
internal sealed unsafe class DeadlineStream(nint address, int length, Deadline deadline) : SKAbstractManagedStream
{
    private int _position;

    protected override nint OnRead(nint buffer, nint size)
    {
        int count = deadline.HasPassed ? 0 : (int)Math.Min(size, length - _position);
        if (buffer != 0) // Skia skips by reading into nothing
        {
            Copy(buffer, count);
        }

        _position += count;
        return count;
    }

    protected override nint OnPeek(nint buffer, nint size)
    {
        int count = (int)Math.Min(size, length - _position);
        Copy(buffer, count);
        return count;
    }

    protected override bool OnIsAtEnd() => _position >= length;

    protected override bool OnHasPosition() => true;

    protected override bool OnHasLength() => true;

    protected override bool OnRewind() => OnSeek(0);

    protected override nint OnGetPosition() => _position;

    protected override nint OnGetLength() => length;

    protected override bool OnSeek(nint position)
    {
        _position = (int)Math.Clamp(position, 0, length);
        return true;
    }

    protected override bool OnMove(int offset) => OnSeek(_position + (nint)offset);

    protected override nint OnCreateNew() => 0;

    protected override nint OnFork() => 0;

    protected override nint OnDuplicate() => 0;

    private void Copy(nint buffer, int count) =>
        new ReadOnlySpan<byte>((byte*)address + _position, count).CopyTo(new Span<byte>((void*)buffer, count));
}
