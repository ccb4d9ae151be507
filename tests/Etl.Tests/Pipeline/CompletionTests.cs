using PaletteEtl.Model;
using PaletteEtl.Pipeline;

namespace Etl.Tests.Pipeline;

public sealed class CompletionTests
{
    [Fact]
    public async Task RunAsync_NothingMissing_CompletesWithoutWriting()
    {
        var source = new CountingSource(items: 0);
        var sink = new RecordingSink();

        RunReport report = await new PipelineBuilder(source, sink).Build().RunAsync().WaitAsync(TestTimeout);

        Assert.Equal(RunEnding.Completed, report.Ending);
        Assert.Equal(0, report.Read);
        Assert.Equal(0, sink.Calls);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(11)]
    [InlineData(100)]
    public async Task RunAsync_QueryEnds_WritesEveryPaletteInBatchesOfAtMostTheBatchSize(int items)
    {
        var source = new CountingSource(items);
        var sink = new RecordingSink();

        RunReport report = await new PipelineBuilder(source, sink).Build().RunAsync().WaitAsync(TestTimeout);

        Assert.Equal(RunEnding.Completed, report.Ending);
        Assert.Equal(Enumerable.Range(0, items), sink.Palettes.Keys.Order());
        Assert.Equal((items + 9) / 10, sink.BatchSizes.Count);
        Assert.All(sink.BatchSizes, size => Assert.InRange(size, 1, 10));
    }

    [Fact]
    public async Task RunAsync_SomeItemsFail_EveryHistogramGoesBackToItsPool()
    {
        var builder = new PipelineBuilder(Movies.Missing(20))
        {
            Quantize = movie => Assert.NotEqual(7, movie),
        };

        await builder.Build().RunAsync().WaitAsync(TestTimeout);

        Assert.Equal(20, builder.Histograms.Count);
        Assert.All(builder.Histograms, histogram => Assert.Throws<ObjectDisposedException>(() => histogram.Counts.Length));
    }

    [Fact]
    public async Task RunAsync_CalledAgain_StartsFromZero()
    {
        var source = new CountingSource(items: 25);
        var sink = new RecordingSink();
        EtlPipeline pipeline = new PipelineBuilder(source, sink).Build();

        RunReport first = await pipeline.RunAsync().WaitAsync(TestTimeout);
        RunReport second = await pipeline.RunAsync().WaitAsync(TestTimeout);

        Assert.Equal((25, 25), (first.Read, first.Written));
        Assert.Equal((25, 25), (second.Read, second.Written));
        Assert.Equal(2, sink.Closed);
    }

    [Fact]
    public async Task RunAsync_WhileAnotherRunIsUnderWay_IsRefused()
    {
        using var sink = new GatedSink();
        EtlPipeline pipeline = new PipelineBuilder(new CountingSource(items: 25), sink).Build();
        Task<RunReport> first = pipeline.RunAsync();

        InvalidOperationException error = await Assert.ThrowsAsync<InvalidOperationException>(() => pipeline.RunAsync());
        Assert.StartsWith("A run is in progress", error.Message, StringComparison.Ordinal);

        sink.Open();
        Assert.Equal(25, (await first.WaitAsync(TestTimeout)).Written);
    }

    [Fact]
    public async Task RunAsync_ItemsFail_GoesOnAndStoresEachFailureWithItsStage()
    {
        var sink = new RecordingSink();
        var builder = new PipelineBuilder(new CountingSource(items: 30), sink)
        {
            Fetch = Scripts.FailFor(movie => movie == 3, () => new CoverException(FailureReason.NotFound, "There is none.")),
            Decode = Scripts.FailFor(movie => movie == 13, () => new CoverException(FailureReason.Corrupt, "It is damaged.")),
            Quantize = movie => Assert.NotEqual(23, movie),
        };

        RunReport report = await builder.Build().RunAsync().WaitAsync(TestTimeout);

        Assert.Equal(RunEnding.Completed, report.Ending);
        Assert.Equal([3, 13, 23], sink.DeadLetters.Keys.Order());
        Assert.Equal((StageNames.Fetch, FailureReason.NotFound), (sink.DeadLetters[3].Stage, sink.DeadLetters[3].Reason));
        Assert.Equal((StageNames.Decode, FailureReason.Corrupt), (sink.DeadLetters[13].Stage, sink.DeadLetters[13].Reason));
        Assert.Equal((StageNames.Quantize, FailureReason.Internal), (sink.DeadLetters[23].Stage, sink.DeadLetters[23].Reason));
        Assert.Equal(27, sink.Palettes.Count);
    }

    [Fact]
    public async Task RunAsync_DecoderTimesOut_TheMovieIsADeadLetter()
    {
        var sink = new RecordingSink();
        var builder = new PipelineBuilder(new CountingSource(items: 20), sink)
        {
            Decode = Scripts.FailFor(movie => movie == 7, () => new OperationCanceledException("It took too long.")),
        };

        RunReport report = await builder.Build().RunAsync().WaitAsync(TestTimeout);

        Assert.Equal((19, 1, 0), (report.Written, report.DeadLetters, report.Abandoned));
        Assert.Equal(FailureReason.Timeout, sink.DeadLetters[7].Reason);
    }

    [Fact]
    public async Task RunAsync_FailureStandsFromAnEarlierRun_TheMovieIsSkipped()
    {
        var sink = new RecordingSink();
        var builder = new PipelineBuilder(new CountingSource(items: 20), sink)
        {
            Fetch = Scripts.FailFor(movie => movie < 5, () => new UnchangedCover()),
        };

        RunReport report = await builder.Build().RunAsync().WaitAsync(TestTimeout);

        Assert.Equal((15, 0, 5), (report.Written, report.DeadLetters, report.Skipped));
        Assert.Equal(0, report.Stages[0].Failures);
    }
}
