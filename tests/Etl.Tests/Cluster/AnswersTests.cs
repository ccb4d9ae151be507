using System.Threading.Tasks.Dataflow;
using Etl.Cluster.Coordinator;
using Etl.Cluster.Messages;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Time.Testing;
using PaletteEtl.Model;
using PaletteEtl.Palettes;
using PaletteEtl.Pipeline;
using PaletteEtl.Telemetry;
using Answers = Etl.Cluster.Coordinator.Answers;

namespace Etl.Tests.Cluster;

public sealed class AnswersTests : IDisposable
{
    private readonly TestMeterFactory _meters = new();
    private readonly BufferBlock<Item<Palette>> _answered = new();
    private readonly Answers _answers;

    public AnswersTests()
    {
        var metrics = new EtlMetrics(_meters);
        var extract = new StageMonitor(StageNames.Extract, workers: 1, capacity: 1, metrics, new FakeTimeProvider());
        _answers = new Answers(_answered, extract, metrics, aborting: default);
    }

    public void Dispose() => _meters.Dispose();

    [Fact]
    public async Task AnswerAsync_ResultsThatNobodyWaitsFor_AreDroppedAndCounted()
    {
        using var unused = new MetricCollector<long>(_meters, EtlTags.Meter, "etl.cluster.results.unused");
        Task answered = await AskAsync(Movies.At(1));

        await _answers.AnswerAsync(ResultOf(Movies.At(1)), delivery: null);
        await _answers.AnswerAsync(ResultOf(Movies.At(1)), delivery: null);
        await _answers.AnswerAsync(ResultOf(Movies.At(2)), delivery: null);

        await answered.WaitAsync(TestTimeout);
        Assert.Equal(1, _answered.Count);
        Assert.Equal(2, _answers.Unused);
        Assert.Equal(("{movie}", 2), (unused.Instrument!.Unit, unused.GetMeasurementSnapshot().EvaluateAsCounter()));
        Assert.All(unused.GetMeasurementSnapshot(), one => Assert.Empty(one.Tags));
    }

    private async Task<Task> AskAsync(Movie movie)
    {
        var question = new Question(movies: 1);
        var item = new Item<Movie>(movie, movie);
        Assert.True(await _answers.AskAsync(WorkWriter.Want(item), new AskedMovie(item, question, Started: 0)));
        return question.Answered;
    }

    private static MovieResult ResultOf(Movie movie) => new(MovieKey.Of(movie), Colors: [1, 2, 3]);
}
