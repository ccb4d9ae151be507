using System.Threading.Tasks.Dataflow;
using Etl.Cluster.Coordinator;
using Etl.Cluster.Messages;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Time.Testing;
using PaletteEtl.Model;
using PaletteEtl.Palettes;
using PaletteEtl.Pipeline;
using PaletteEtl.Telemetry;

namespace Etl.Tests.Cluster;

public sealed class PendingMoviesTests : IDisposable
{
    private readonly TestMeterFactory _meters = new();
    private readonly BufferBlock<Item<Palette>> _completed = new();
    private readonly PendingMovies _pending;

    public PendingMoviesTests()
    {
        var metrics = new EtlMetrics(_meters);
        var extract = new StageMonitor(StageNames.Extract, parallelism: 1, capacity: 1, metrics, new FakeTimeProvider());
        _pending = new PendingMovies(_completed, extract, metrics, aborting: default);
    }

    public void Dispose() => _meters.Dispose();

    [Fact]
    public async Task CompleteAsync_ResultsWithoutPendingMovie_AreDroppedAndCounted()
    {
        using var unused = new MetricCollector<long>(_meters, EtlTags.Meter, "etl.cluster.results.unused");
        Task batch = await AddAsync(Movies.At(1));

        await _pending.CompleteAsync(ResultOf(Movies.At(1)), delivery: null);
        await _pending.CompleteAsync(ResultOf(Movies.At(1)), delivery: null);
        await _pending.CompleteAsync(ResultOf(Movies.At(2)), delivery: null);

        await batch.WaitAsync(TestTimeout);
        Assert.Equal(1, _completed.Count);
        Assert.Equal(2, _pending.Unused);
        Assert.Equal(("{movie}", 2), (unused.Instrument!.Unit, unused.GetMeasurementSnapshot().EvaluateAsCounter()));
        Assert.All(unused.GetMeasurementSnapshot(), one => Assert.Empty(one.Tags));
    }

    private async Task<Task> AddAsync(Movie movie)
    {
        var batch = new PendingBatch(movies: 1);
        var item = new Item<Movie>(movie, movie);
        Assert.True(await _pending.AddAsync(WorkWriter.Want(item), new PendingMovie(item, batch, Started: 0)));
        return batch.Completed;
    }

    private static MovieResult ResultOf(Movie movie) => new(MovieKey.Of(movie), Colors: [1, 2, 3]);
}
