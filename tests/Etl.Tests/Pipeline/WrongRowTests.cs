namespace Etl.Tests.Pipeline;

public sealed class WrongRowTests
{
    private const int Parallelism = 8;
    private const int Items = 50 * Parallelism;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task RunAsync_StagesFinishInAnyOrder_EveryPaletteIsItsOwnMovies(int seed)
    {
        var sink = new RecordingSink();
        var builder = new PipelineBuilder(new CountingSource(Items), sink)
        {
            Fetch = new Shuffle(seed).Script,
            Decode = new Shuffle(seed + 100).Script,
        };
        (builder.Options.Fetch.DegreeOfParallelism, builder.Options.Fetch.BoundedCapacity) = (Parallelism, 2 * Parallelism);
        (builder.Options.Decode.DegreeOfParallelism, builder.Options.Decode.BoundedCapacity) = (Parallelism, 2 * Parallelism);

        await builder.Build().RunAsync().WaitAsync(TestTimeout);

        Assert.Equal(Items, sink.Palettes.Count);
        Assert.All(sink.Palettes, row => Assert.Equal(Movies.PaletteOf(row.Key), row.Value));
        int[] order = [.. sink.Items.Select(item => Movies.Number(item.Movie))];
        Assert.NotEqual(order.Order(), order);
    }

    /// <summary>Holds movies back until all workers have one, then lets them go one after the other, in any order.</summary>
    private sealed class Shuffle(int seed)
    {
        private readonly Random _random = new(seed);
        private readonly Lock _gate = new();
        private List<TaskCompletionSource> _held = [];

        public Script Script => (_, _) => new ValueTask(Hold());

        private Task Hold()
        {
            var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            TaskCompletionSource[] released;
            lock (_gate)
            {
                _held.Add(mine);
                if (_held.Count < Parallelism)
                {
                    return mine.Task;
                }

                released = [.. _held];
                _held = [];
                _random.Shuffle(released);
            }

            foreach (TaskCompletionSource one in released)
            {
                one.SetResult();
            }

            return mine.Task;
        }
    }
}
