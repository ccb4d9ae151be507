using PaletteEtl.Catalogue;
using PaletteEtl.Model;
using PaletteEtl.Pipeline;

namespace Etl.Tests.Pipeline;

public sealed class AbortTests
{
    [Fact]
    public async Task RunAsync_AbortingFromTheStart_DropsWhatItReads()
    {
        var source = new CountingSource(items: 1_000);
        var sink = new RecordingSink();

        RunReport report = await new PipelineBuilder(source, sink).Build()
            .RunAsync(aborting: new CancellationToken(canceled: true)).WaitAsync(TestTimeout);

        Assert.Equal(RunEnding.Aborted, report.Ending);
        Assert.InRange(report.Read, 0, 1);
        Totals.Balance(report, source, sink);
    }

    [Fact]
    public async Task RunAsync_AbortingWhileFetchersWait_EndsThem()
    {
        using var aborting = new CancellationTokenSource();
        var source = new CountingSource(items: 1_000);
        var sink = new RecordingSink();
        var never = new Gate();
        var builder = new PipelineBuilder(source, sink) { Fetch = Scripts.WaitAt(never) };

        Task<RunReport> run = builder.Build().RunAsync(aborting: aborting.Token);
        await Eventually.Holds(() => never.Arrived == builder.Options.Fetch.DegreeOfParallelism);
        await aborting.CancelAsync();
        RunReport report = await run.WaitAsync(TestTimeout);

        Assert.Equal((RunEnding.Aborted, 0), (report.Ending, report.Written));
        Assert.Equal(report.Read, report.Abandoned);
        Totals.Balance(report, source, sink);
    }

    [Fact]
    public async Task RunAsync_AbortingWhileTheSinkWrites_TheBatchInHandStaysAndTheRestIsDropped()
    {
        using var aborting = new CancellationTokenSource();
        var source = new CountingSource(items: 1_000);
        using var sink = new GatedSink();
        EtlPipeline pipeline = PipelineBuilder.With(source, sink, fetch: 3, decode: 5, quantize: 7, batchSize: 10);

        Task<RunReport> run = pipeline.RunAsync(aborting: aborting.Token);
        await Eventually.StaysAt(36, () => source.ItemsRead);
        await aborting.CancelAsync();
        sink.Open();
        RunReport report = await run.WaitAsync(TestTimeout);

        Assert.Equal((RunEnding.Aborted, 36, 10, 26), (report.Ending, report.Read, report.Written, report.Abandoned));
        Totals.Balance(report, source, sink.Inner);
    }

    [Fact]
    public async Task RunAsync_ItemFailsAfterAborting_IsDroppedAndNothingIsThrown()
    {
        using var aborting = new CancellationTokenSource();
        var gate = new Gate();
        var source = new CountingSource(items: 100);
        var sink = new RecordingSink();
        var builder = new PipelineBuilder(source, sink)
        {
            Decode = async (_, _) =>
            {
                await gate.PassAsync(CancellationToken.None);
                throw new CoverException(FailureReason.Corrupt, "The cover is damaged.");
            },
        };

        Task<RunReport> run = builder.Build().RunAsync(aborting: aborting.Token);
        await Eventually.Holds(() => gate.Arrived == builder.Options.Decode.DegreeOfParallelism);
        await aborting.CancelAsync();
        gate.Open();
        RunReport report = await run.WaitAsync(TestTimeout);

        Assert.Equal((RunEnding.Aborted, 0), (report.Ending, report.DeadLetters));
        Assert.Equal(0, report.Stages[1].Failures);
        Totals.Balance(report, source, sink);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(37)]
    [InlineData(99)]
    public async Task RunAsync_AbortedAndRunAgain_EqualsOneCleanRun(int abortAt)
    {
        using var aborting = new CancellationTokenSource();
        var sink = new RecordingSink();
        var builder = new PipelineBuilder(new CountingSource(items: 100), sink)
        {
            Decode = async (movie, _) =>
            {
                if (movie == abortAt)
                {
                    await aborting.CancelAsync();
                }
            },
        };

        RunReport first = await builder.Build().RunAsync(aborting: aborting.Token).WaitAsync(TestTimeout);
        var rest = new Rest(sink, items: 100);
        RunReport second = await new PipelineBuilder(rest, sink).Build().RunAsync().WaitAsync(TestTimeout);

        Assert.Equal(RunEnding.Completed, second.Ending);
        Assert.Equal(100, first.Written + second.Written);
        Assert.Equal(Enumerable.Range(0, 100), sink.Items.Select(item => Movies.Number(item.Movie)).Order());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(34)]
    public async Task RunAsync_AbortedAgainAndAgain_AlwaysEnds(int abortAt)
    {
        for (int time = 0; time < 300; time++)
        {
            using var aborting = new CancellationTokenSource();
            EtlPipeline pipeline = new PipelineBuilder(Movies.Missing(35))
            {
                Quantize = movie => CancelAt(movie == abortAt, aborting),
            }.Build();

            RunReport report = await pipeline.RunAsync(aborting: aborting.Token).WaitAsync(TestTimeout);

            Assert.Equal(RunEnding.Aborted, report.Ending);
        }
    }

    private static void CancelAt(bool now, CancellationTokenSource source)
    {
        if (now)
        {
            source.Cancel();
        }
    }

    /// <summary>The movies that the sink has not got yet, as a catalogue would give them.</summary>
    private sealed class Rest(RecordingSink sink, int items) : IMovieSource
    {
        private readonly int[] _missing = [.. Enumerable.Range(0, items).Except(sink.Palettes.Keys)];

        public IEnumerable<Movie> ReadMissing(CancellationToken draining) => _missing.Select(Movies.At);

        public long CountMissing(CancellationToken cancellationToken) => _missing.Length;
    }
}
