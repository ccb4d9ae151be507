using PaletteEtl.Hosting;
using PaletteEtl.Model;
using PaletteEtl.Pipeline;

namespace Etl.Tests.Pipeline;

public sealed class MatrixTests
{
    private const int Items = 60;

    public static TheoryData<int, int, int> Shapes
    {
        get
        {
            var data = new TheoryData<int, int, int>();
            foreach (int parallelism in (int[])[1, 2, 8])
            {
                foreach (int room in (int[])[0, 1, 16])
                {
                    foreach (int batchSize in (int[])[1, 7, 60, 256])
                    {
                        data.Add(parallelism, parallelism + room, batchSize);
                    }
                }
            }

            return data;
        }
    }

    private static IReadOnlyDictionary<string, Func<int, bool>> Failures { get; } = new Dictionary<string, Func<int, bool>>
    {
        ["none"] = static _ => false,
        ["first"] = static movie => movie == 0,
        ["last"] = static movie => movie == Items - 1,
        ["at the end of a batch"] = static movie => movie == 6,
        ["every third"] = static movie => movie % 3 == 0,
        ["all"] = static _ => true,
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task RunAsync_AnyShape_YieldsTheSameRows(int parallelism, int capacity, int batchSize)
    {
        foreach (Func<int, bool> fails in Failures.Values)
        {
            var source = new CountingSource(Items);
            var sink = new RecordingSink();
            var builder = new PipelineBuilder(source, sink)
            {
                Fetch = Scripts.FailFor(
                    movie => fails(movie) && movie % 2 == 0, () => new CoverException(FailureReason.NotFound, "There is none.")),
                Decode = Scripts.FailFor(
                    movie => fails(movie), () => new CoverException(FailureReason.Corrupt, "It is damaged.")),
            };
            Shape(builder.Options, parallelism, capacity, batchSize);

            RunReport report = await builder.Build().RunAsync().WaitAsync(TestTimeout);

            int[] failed = [.. Enumerable.Range(0, Items).Where(fails)];
            Assert.Equal(failed, sink.DeadLetters.Keys.Order());
            Assert.All(sink.DeadLetters, row => Assert.Equal(row.Key % 2 == 0 ? StageNames.Fetch : StageNames.Decode, row.Value.Stage));
            Assert.Equal(Enumerable.Range(0, Items).Except(failed), sink.Palettes.Keys.Order());
            Assert.All(sink.Palettes, row => Assert.Equal(Movies.PaletteOf(row.Key), row.Value));
            Totals.Balance(report, source, sink);
        }
    }

    private static void Shape(EtlOptions options, int parallelism, int capacity, int batchSize)
    {
        foreach (StageOptions stage in (StageOptions[])[options.Fetch, options.Decode, options.Quantize])
        {
            (stage.DegreeOfParallelism, stage.BoundedCapacity) = (parallelism, capacity);
        }

        options.Write.BatchSize = batchSize;
        Assert.Empty(OptionsValidation.Problems(options));
    }
}
