using PaletteEtl.Covers;

namespace Etl.Tests.Pipeline;

public sealed class StageOptionsTests
{
    [Theory]
    [InlineData(1, 1, 1, 1)]
    [InlineData(3, 100, 3, 100)]
    public void Parallelism_DegreeGiven_IsThatAndTheCapacityIsWhatIsSet(int degree, int bounded, int parallelism, int capacity)
    {
        var options = new DecodeOptions { DegreeOfParallelism = degree, BoundedCapacity = bounded };

        Assert.Equal((parallelism, capacity), (options.Parallelism, options.Capacity));
    }

    [Fact]
    public void Workers_NoDegreeGiven_AreOneACoreAndTheCapacityIsTwoACoreAtLeast()
    {
        int cores = Environment.ProcessorCount;
        var shallow = new DecodeOptions { DegreeOfParallelism = 0, BoundedCapacity = 1 };
        var deep = new DecodeOptions { DegreeOfParallelism = 0, BoundedCapacity = 2_000 };

        Assert.Equal((cores, 2 * cores), (shallow.Parallelism, shallow.Capacity));
        Assert.Equal(2_000, deep.Capacity);
    }
}
