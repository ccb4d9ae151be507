using System.Buffers;
using PaletteEtl.Model;

namespace Etl.Tests.Pipeline;

public sealed class NativeBufferTests
{
    [Fact]
    public void Resize_LargerAndSmaller_KeepsTheFirstBytes()
    {
        using var buffer = new NativeBuffer(4);
        new byte[] { 1, 2, 3, 4 }.CopyTo(buffer.GetSpan());

        buffer.Resize(1_000_000);
        byte[] larger = buffer.GetSpan()[..4].ToArray();
        buffer.Resize(2);

        Assert.Equal([1, 2, 3, 4], larger);
        Assert.Equal([1, 2], buffer.GetSpan().ToArray());
    }

    [Fact]
    public unsafe void Pin_PartOfTheMemory_PointsToItsFirstByte()
    {
        using var buffer = new NativeBuffer(4);

        using MemoryHandle handle = buffer.Memory[3..].Pin();

        Assert.Equal(buffer.Address + 3, (nint)handle.Pointer);
    }

    [Fact]
    public void GetSpan_OfNoBytes_IsEmpty()
    {
        using var buffer = new NativeBuffer(0);

        Assert.True(buffer.GetSpan().IsEmpty);
    }
}
