using PaletteEtl.Covers;
using PaletteEtl.Model;

namespace Etl.Tests.Covers;

public sealed class CoverTests
{
    [Fact]
    public async Task Of_Bytes_HoldsACopyUntilItIsDisposed()
    {
        byte[] bytes = [1, 2, 3];
        var memory = Reservation.WithLimit(10);
        await memory.TakeAsync(3, default);

        var cover = Cover.Of(bytes, new CoverVersion(3, null, null), memory);
        bytes[0] = 9;

        Assert.Equal((byte[])[1, 2, 3], cover.Bytes);
        Assert.Equal(3, memory.Bytes);
        cover.Dispose();
        Assert.Equal(0, memory.Bytes);
        Assert.Throws<ObjectDisposedException>(() => cover.Bytes.Length);
    }
}
