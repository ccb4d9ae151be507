using PaletteEtl.Model;

namespace Etl.Tests.Catalogue;

public sealed class RowKeyTests
{
    [Fact]
    public void Equals_SameValues_HoldsByContent()
    {
        var key = new RowKey(0, ["a", 1L, new byte[] { 1, 2 }]);
        var same = new RowKey(0, ["a", 1L, new byte[] { 1, 2 }]);

        Assert.Equal(key, same);
        Assert.Equal(key.GetHashCode(), same.GetHashCode());
    }

    [Fact]
    public void Equals_OtherNumberOrValues_DoesNotHold()
    {
        RowKey[] keys =
        [
            default, new(1), new(0, ["a"]), new(0, ["a", "b"]), new(0, ["b", "a"]), new(0, [1L]), new(0, [1.0]), new(0, ["1"]),
            new(0, [new byte[] { 1 }]),
        ];

        Assert.Equal(keys.Length, keys.Distinct().Count());
    }

    [Fact]
    public void MovieId_ValueThatNoStoreHas_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => new MovieId((object)5));
        Assert.Equal(5L, new MovieId(5).Stored); // an integer of any size is one of 64 bits
    }
}
