using System.Diagnostics.Metrics;
using PaletteEtl.Model;
using PaletteEtl.Pipeline;

namespace Etl.Tests.Pipeline;

public sealed class FaultTests
{
    private const int BatchSize = 10;
    private const int Items = 35;

    public enum Boundary
    {
        Source,
        Fetch,
        Decode,
        Quantize,
        Sink,
    }

    public static TheoryData<Boundary, int> Positions
    {
        get
        {
            var data = new TheoryData<Boundary, int>();
            foreach (Boundary boundary in Enum.GetValues<Boundary>())
            {
                foreach (int position in (int[])[0, BatchSize - 1, BatchSize, BatchSize + 1, Items - 1])
                {
                    data.Add(boundary, position);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Positions))]
    public async Task RunAsync_BoundaryFaults_ThrowsTheRootExceptionAndBalances(Boundary boundary, int position)
    {
        // Out of memory ends a run wherever it happens; other exceptions end it at the source and the sink only.
        var root = new InsufficientMemoryException("There is no memory left.");
        var source = new CountingSource(Items) { Before = movie => ThrowAt(Boundary.Source, movie) };
        var sink = new RecordingSink
        {
            Before = batch => batch.ToList().ForEach(item => ThrowAt(Boundary.Sink, Movies.Number(item.Movie))),
        };
        EtlPipeline pipeline = new PipelineBuilder(source, sink)
        {
            Fetch = Scripts.FailFor(movie => Is(Boundary.Fetch, movie), () => root),
            Decode = Scripts.FailFor(movie => Is(Boundary.Decode, movie), () => root),
            Quantize = movie => ThrowAt(Boundary.Quantize, movie),
        }.Build();
        EtlRun run = pipeline.CreateRun();

        Exception? thrown = await Record.ExceptionAsync(() => pipeline.RunAsync(run, default, default).WaitAsync(TestTimeout));

        Assert.Same(root, thrown);
        Assert.Equal(RunEnding.Faulted, run.Report().Ending);
        Assert.Equal(1, sink.Closed);
        Assert.DoesNotContain(position, sink.Palettes.Keys);
        Totals.Balance(run.Report(), source, sink);

        bool Is(Boundary at, int movie) => at == boundary && movie == position;
        void ThrowAt(Boundary at, int movie)
        {
            if (Is(at, movie))
            {
                throw root;
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(BatchSize)]
    [InlineData(Items - 1)]
    public async Task RunAsync_FaultsAgainAndAgain_AlwaysEndsWithTheRoot(int position)
    {
        var root = new InsufficientMemoryException("There is no memory left.");
        EtlPipeline pipeline = new PipelineBuilder(Movies.Missing(Items))
        {
            Quantize = movie => _ = movie == position ? throw root : movie,
        }.Build();

        for (int time = 0; time < 300; time++)
        {
            Assert.Same(root, await Record.ExceptionAsync(() => pipeline.RunAsync().WaitAsync(TestTimeout)));
        }
    }

    [Fact]
    public async Task RunAsync_ABlockFaultsByItself_EndsWithTheRoot()
    {
        var root = new IOException("The exporter is gone.");
        using var meters = new TestMeterFactory();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, all) => all.EnableMeasurementEvents(instrument, meters),
        };
        listener.SetMeasurementEventCallback<double>((instrument, _, _, _) =>
            _ = instrument.Meter.Scope == meters ? throw root : instrument);
        listener.Start();
        EtlPipeline pipeline = new PipelineBuilder(Movies.Missing(1_000)) { Meters = meters }.Build();

        Exception? thrown = await Record.ExceptionAsync(() => pipeline.RunAsync().WaitAsync(TestTimeout));

        Assert.Same(root, thrown);
    }

    [Fact]
    public async Task RunAsync_SourceFaultsAtItsEnd_ThrowsTheRootException()
    {
        var root = new IOException("The database is gone.");
        var source = new CountingSource(Items) { Before = movie => ThrowAtEnd(movie) };
        var sink = new RecordingSink();

        Exception? thrown = await Record.ExceptionAsync(
            () => new PipelineBuilder(source, sink).Build().RunAsync().WaitAsync(TestTimeout));

        Assert.Same(root, thrown);

        void ThrowAtEnd(int movie)
        {
            if (movie == Items)
            {
                throw root;
            }
        }
    }

    [Fact]
    public async Task RunAsync_SinkFaults_TheSourceStops()
    {
        var source = new CountingSource(items: int.MaxValue);
        var sink = new RecordingSink { Before = _ => throw new IOException("The disk is full.") };

        Task run = new PipelineBuilder(source, sink).Build().RunAsync();

        await Assert.ThrowsAsync<IOException>(() => run.WaitAsync(TestTimeout));
        int read = source.ItemsRead;
        await Eventually.StaysAt(read, () => source.ItemsRead);
    }

    [Fact]
    public async Task RunAsync_FetchersWaitWhenTheSinkFaults_EndsThem()
    {
        var never = new Gate();
        var sink = new RecordingSink { Before = _ => throw new IOException("The disk is full.") };
        var builder = new PipelineBuilder(new CountingSource(items: 100), sink)
        {
            Fetch = async (movie, cancellationToken) =>
            {
                if (movie >= 10) // the first batch gets through
                {
                    await never.PassAsync(cancellationToken);
                }
            },
        };

        Task run = builder.Build().RunAsync();

        await Assert.ThrowsAsync<IOException>(() => run.WaitAsync(TestTimeout));
    }

    [Fact]
    public async Task RunAsync_ItemFailsWhileAFaultEndsTheRun_TheFaultIsThrown()
    {
        var aborted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var sink = new RecordingSink { Before = _ => throw new IOException("The disk is full.") };
        var builder = new PipelineBuilder(new CountingSource(items: 100), sink)
        {
            Decode = async (movie, cancellationToken) =>
            {
                if (movie >= 10)
                {
                    using CancellationTokenRegistration registration = cancellationToken.Register(aborted.SetResult);
                    await aborted.Task;
                    throw new CoverException(FailureReason.Corrupt, "The cover is damaged.");
                }
            },
        };
        builder.Options.Fetch.DegreeOfParallelism = builder.Options.Decode.DegreeOfParallelism = 1; // the first ten go first

        Task run = builder.Build().RunAsync();

        await Assert.ThrowsAsync<IOException>(() => run.WaitAsync(TestTimeout));
    }
}
