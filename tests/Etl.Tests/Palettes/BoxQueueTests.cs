using PaletteEtl.Palettes;

namespace Etl.Tests.Palettes;

public sealed class BoxQueueTests
{
    [Theory]
    [InlineData(false, new[] { 0, 2, 1 })]
    [InlineData(true, new[] { 1, 2, 0 })]
    public void Pop_ByCountOrByCountTimesVolume_TakesTheLargest(bool byVolume, int[] expected)
    {
        var queue = new BoxQueue(new ColorBox[3], byVolume);
        queue.Push(Box(red: 0, width: 1, count: 9));
        queue.Push(Box(red: 1, width: 9, count: 2));
        queue.Push(Box(red: 2, width: 3, count: 4));

        Assert.Equal(expected, (int[])[queue.Pop().RedLow, queue.Pop().RedLow, queue.Pop().RedLow]);
    }

    [Fact]
    public void Pop_EquallyLarge_TakesTheOneThatCameLast()
    {
        var queue = new BoxQueue(new ColorBox[4], byVolume: false);
        queue.Push(Box(red: 0, width: 1, count: 1));
        queue.Push(Box(red: 1, width: 1, count: 1));
        queue.Push(Box(red: 2, width: 1, count: 1));
        int first = queue.Pop().RedLow;
        queue.Push(Box(red: 3, width: 1, count: 1));

        Assert.Equal([2, 3, 1, 0], (int[])[first, queue.Pop().RedLow, queue.Pop().RedLow, queue.Pop().RedLow]);
        Assert.Equal(0, queue.Count);
    }

    private static ColorBox Box(int red, int width, int count) => new(red, red + width - 1, 0, 0, 0, 0) { Count = count };
}
