using System.Diagnostics;
using Microsoft.Extensions.Time.Testing;
using PaletteEtl.Model;
using PaletteEtl.Pipeline;
using PaletteEtl.Telemetry;

namespace Etl.Tests.Telemetry;

public sealed class SpanTests
{
    /// <summary>A busy machine may stop a thread for as long between two readings of the clock.</summary>
    private static readonly TimeSpan Stall = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task RunAsync_AllSampled_GivesEachMovieATraceOfItsOwnWithItsStages()
    {
        using var spans = new SpanRecorder();

        await new PipelineBuilder(Movies.Missing(15)).Build().RunAsync().WaitAsync(TestTimeout);

        Assert.Equal(
            "etl.batch 2, etl.decode 15, etl.fetch 15, etl.movie 15, etl.quantize 15, etl.query 15, etl.run 1, etl.wait 60, etl.write 15", spans.Counts);
        Assert.True(spans.AllEnded);
        Activity run = spans["etl.run"][0];
        Assert.All(spans["etl.movie"], movie =>
        {
            Assert.Equal(default, movie.ParentSpanId);
            Assert.NotEqual(run.TraceId, movie.TraceId);
            Assert.Equal(run.Context, Assert.Single(movie.Links).Context);
            Assert.Equal("written", movie.GetTagItem("outcome"));
        });
        Assert.Equal(
            spans["etl.movie"].Select(movie => movie.SpanId.ToString()).Order(),
            spans["etl.decode"].Select(decode => decode.ParentSpanId.ToString()).Order());
        Assert.Equal(Enumerable.Range(0, 15).Select(n => $"{n}").Order(), spans["etl.movie"].Select(movie => movie.GetTagItem("etl.movie.id")).Order());
    }

    [Fact]
    public async Task RunAsync_AllSampled_CoversEachMoviesTimeByItsChildren()
    {
        using var spans = new SpanRecorder();

        await new PipelineBuilder(Movies.Missing(15)) { Time = TimeProvider.System }.Build().RunAsync().WaitAsync(TestTimeout);

        Assert.Equal(["decode", "fetch", "quantize", "write"], spans["etl.wait"].Select(wait => wait.GetTagItem("etl.stage")).Distinct().Order());
        Assert.All(spans["etl.movie"], movie =>
        {
            Activity[] children = [.. spans.All.Where(span => span.ParentSpanId == movie.SpanId).OrderBy(static span => span.StartTimeUtc)];
            Assert.Equal(9, children.Length); // query, four stages, and the wait for each
            Assert.Equal(movie.StartTimeUtc, children[0].StartTimeUtc);
            Assert.All(children.Zip(children.Skip(1)), static pair => Assert.InRange(
                pair.Second.StartTimeUtc - (pair.First.StartTimeUtc + pair.First.Duration), -Stall, Stall));
        });
    }

    [Fact]
    public async Task RunAsync_DurationsComeFromAFasterClock_BeginsNoChildBeforeItsMovie()
    {
        using var spans = new SpanRecorder();
        var clock = new FakeTimeProvider();

        await new PipelineBuilder(Movies.Missing(15)) { Clock = clock, Quantize = _ => clock.Advance(TimeSpan.FromHours(1)) }
            .Build().RunAsync().WaitAsync(TestTimeout);

        Assert.All(spans["etl.movie"], movie => Assert.All(
            spans.All.Where(span => span.ParentSpanId == movie.SpanId), child => Assert.InRange(child.StartTimeUtc, movie.StartTimeUtc, DateTime.MaxValue)));
    }

    [Fact]
    public async Task RunAsync_Batches_AreTheRunsChildrenAndLinkToTheirMovies()
    {
        using var spans = new SpanRecorder();

        await new PipelineBuilder(Movies.Missing(15)).Build().RunAsync().WaitAsync(TestTimeout);

        Activity run = spans["etl.run"][0];
        Assert.All(spans["etl.batch"], batch => Assert.Equal((run.TraceId, run.SpanId), (batch.TraceId, batch.ParentSpanId)));
        Assert.Equal([5, 10], spans["etl.batch"].Select(batch => batch.Links.Count()).Order());
        Assert.Equal(
            spans["etl.movie"].Select(movie => movie.SpanId.ToString()).Order(),
            spans["etl.batch"].SelectMany(batch => batch.Links).Select(link => link.Context.SpanId.ToString()).Order());
    }

    [Fact]
    public async Task RunAsync_NoMovieSampled_HasNeitherSpansNorLinksOfThem()
    {
        using var spans = new SpanRecorder(name => name != EtlActivities.MovieName);

        await new PipelineBuilder(Movies.Missing(15)).Build().RunAsync().WaitAsync(TestTimeout);

        Assert.Equal("etl.batch 2, etl.run 1", spans.Counts);
        Assert.All(spans["etl.batch"], batch => Assert.Empty(batch.Links));
    }

    [Fact]
    public async Task RunAsync_NobodyListens_HasNoSpan()
    {
        EtlPipeline pipeline = new PipelineBuilder(Movies.Missing(5)).Build();
        EtlRun monitor = pipeline.CreateRun();

        await pipeline.RunAsync(monitor, default, default).WaitAsync(TestTimeout);

        Assert.Null(monitor.Span);
    }

    [Fact]
    public async Task RunAsync_MovieFails_MarksItsSpansAndTellsTheRun()
    {
        using var spans = new SpanRecorder();
        var builder = new PipelineBuilder(Movies.Missing(5))
        {
            Decode = Scripts.FailFor(movie => movie == 3, () => new CoverException(FailureReason.Corrupt, "It is damaged.")),
        };

        await builder.Build().RunAsync().WaitAsync(TestTimeout);

        Activity movie = Assert.Single(spans["etl.movie"], span => span.Status == ActivityStatusCode.Error);
        Activity decode = Assert.Single(spans["etl.decode"], span => span.Status == ActivityStatusCode.Error);
        Assert.Equal((movie.SpanId, "corrupt", "It is damaged."), (decode.ParentSpanId, decode.GetTagItem("error.type"), decode.StatusDescription));
        Assert.Equal(("3", "corrupt", "dead_letter"), (movie.GetTagItem("etl.movie.id"), movie.GetTagItem("error.type"), movie.GetTagItem("outcome")));
        Assert.Equal("etl.batch 1, etl.decode 5, etl.fetch 5, etl.movie 5, etl.quantize 4, etl.query 5, etl.run 1, etl.wait 19, etl.write 5", spans.Counts);
        ActivityEvent told = Assert.Single(spans["etl.run"][0].Events);
        Assert.Equal(
            "etl.dead_letter: etl.movie.id=3, etl.stage=decode, error.type=corrupt, exception.message=It is damaged.",
            $"{told.Name}: {string.Join(", ", told.Tags.Select(tag => $"{tag.Key}={tag.Value}"))}");
    }

    [Fact]
    public async Task RunAsync_MoreFailuresThanEvents_SaysHowManyAreLeftOut()
    {
        using var spans = new SpanRecorder(static name => name == EtlActivities.RunName);
        var builder = new PipelineBuilder(Movies.Missing(1_007))
        {
            Fetch = Scripts.FailFor(_ => true, () => new CoverException(FailureReason.NotFound, "There is none.")),
        };

        await builder.Build().RunAsync().WaitAsync(TestTimeout);

        Activity run = Assert.Single(spans["etl.run"]);
        Assert.Equal((1_000, 7L), (run.Events.Count(), run.GetTagItem("etl.run.dead_letters.without_event")));
    }

    [Fact]
    public async Task RunAsync_Ends_SaysWhatItAddsUpToAndWhichStageLimits()
    {
        using var spans = new SpanRecorder();

        RunReport report = await new PipelineBuilder(Movies.Missing(5)).Build().RunAsync().WaitAsync(TestTimeout);

        Activity run = spans["etl.run"][0];
        Assert.Equal(
            ("completed", 5L, 5L, 0L, report.Verdict),
            (run.GetTagItem("etl.run.ending"), run.GetTagItem("etl.run.read"), run.GetTagItem("etl.run.written"),
                run.GetTagItem("etl.run.dead_letters"), run.GetTagItem("etl.run.verdict")));
        Assert.Null(run.GetTagItem("etl.run.dead_letters.without_event"));
        Assert.Equal(ActivityStatusCode.Unset, run.Status);
    }

    [Fact]
    public async Task RunAsync_Faults_MarksRunAndBatchWithTheCause()
    {
        using var spans = new SpanRecorder();
        var sink = new RecordingSink { Before = _ => throw new IOException("The disk is full.") };

        await Assert.ThrowsAsync<IOException>(() =>
            new PipelineBuilder(new CountingSource(items: 5), sink).Build().RunAsync().WaitAsync(TestTimeout));

        Assert.All([spans["etl.run"][0], spans["etl.batch"][0]], span => Assert.Equal(
            (ActivityStatusCode.Error, "The disk is full."), (span.Status, span.StatusDescription)));
        Assert.Equal(("faulted", "System.IO.IOException"), (spans["etl.run"][0].GetTagItem("etl.run.ending"), spans["etl.run"][0].GetTagItem("error.type")));
    }

    [Fact]
    public void End_OfAMovie_LeavesTheCurrentSpanAsItIs()
    {
        using var spans = new SpanRecorder();
        Activity movie = EtlActivities.StartMovie(Movies.At(1), [], TimeSpan.Zero)!;
        using Activity run = EtlActivities.StartRun()!;

        EtlActivities.End(movie, new(OutcomeKind.Written));

        Assert.Same(run, Activity.Current);
    }
}
