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
        (string key, Task batch) = await AddAsync(Movies.At(1));

        await _pending.CompleteAsync(ResultOf(key), delivery: null);
        await _pending.CompleteAsync(ResultOf(key), delivery: null);
        await _pending.CompleteAsync(ResultOf("1.0123456789abcdef"), delivery: null);

        await batch.WaitAsync(TestTimeout);
        Assert.Equal(1, _completed.Count);
        Assert.Equal(2, _pending.Unused);
        Assert.Equal(("{movie}", 2), (unused.Instrument!.Unit, unused.GetMeasurementSnapshot().EvaluateAsCounter()));
        Assert.All(unused.GetMeasurementSnapshot(), one => Assert.Empty(one.Tags));
    }

    [Fact]
    public async Task CompleteAsync_RowReadTwice_BothAreCompleted()
    {
        (string first, Task firstBatch) = await AddAsync(Movies.At(1));
        (string second, Task secondBatch) = await AddAsync(Movies.At(1));

        await _pending.CompleteAsync(ResultOf(second), delivery: null);
        await _pending.CompleteAsync(ResultOf(first), delivery: null);

        await Task.WhenAll(firstBatch, secondBatch).WaitAsync(TestTimeout);
        Assert.Equal((2, 0), (_completed.Count, _pending.Unused));
    }

    private async Task<(string Key, Task Batch)> AddAsync(Movie movie)
    {
        var batch = new PendingBatch(movies: 1);
        var item = new Item<Movie>(movie, movie);
        WantedMovie wanted = WorkWriter.Want(item);
        Assert.True(await _pending.AddAsync(wanted, new PendingMovie(item, batch, Started: 0)));
        return (wanted.Key, batch.Completed);
    }

    private static MovieResult ResultOf(string key) => new(key, Colors: [1, 2, 3]);
}
