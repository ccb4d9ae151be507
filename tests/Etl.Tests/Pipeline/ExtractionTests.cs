using PaletteEtl.Pipeline;

namespace Etl.Tests.Pipeline;

/// <summary>The guarantees of the graph for an extraction.</summary>
public sealed class ExtractionTests
{
    [Fact]
    public async Task RunAsync_Completes_ClosesIt()
    {
        var extraction = new RecordingExtraction();
        var sink = new RecordingSink();
        var source = new CountingSource(items: 25);

        RunReport report = await new PipelineBuilder(source, sink) { Extraction = extraction }
            .Build().RunAsync().WaitAsync(TestTimeout);

        Totals.Balance(report, source, sink);
        Assert.Equal(1, extraction.Closed);
    }

    [Fact]
    public async Task RunAsync_BatchIsNotCommitted_ClosesIt()
    {
        var extraction = new RecordingExtraction();
        var sink = new RecordingSink { Before = batch => ThrowAt(20, Movies.Number(batch[0].Movie)) };

        await Assert.ThrowsAsync<IOException>(
            () => new PipelineBuilder(new CountingSource(items: 25), sink) { Extraction = extraction }
                .Build().RunAsync().WaitAsync(TestTimeout));

        Assert.Equal(1, extraction.Closed);
    }

    [Fact]
    public async Task RunAsync_ExtractionAborts_EndsWithItsErrorAndClosesIt()
    {
        var root = new IOException("The other machines are gone.");
        var extraction = new RecordingExtraction { Before = (movie, abort) => FaultAt(13, movie, abort) };
        var sink = new RecordingSink();
        var source = new CountingSource(items: 25);
        EtlPipeline pipeline = new PipelineBuilder(source, sink) { Extraction = extraction }.Build();
        EtlRun run = pipeline.CreateRun();

        Exception? thrown = await Record.ExceptionAsync(() => pipeline.RunAsync(run, default, default).WaitAsync(TestTimeout));

        Assert.Same(root, thrown);
        Assert.Equal(1, extraction.Closed);
        Totals.Balance(run.Report(), source, sink);

        void FaultAt(int position, int movie, RunAbort abort)
        {
            if (movie == position)
            {
                abort.Fault(root);
            }
        }
    }

    private static void ThrowAt(int position, int movie)
    {
        if (movie == position)
        {
            throw new IOException("There is no space left.");
        }
    }
}
