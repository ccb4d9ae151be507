using Etl.Cluster.Messages;
using PaletteEtl.Palettes;
using PaletteEtl.Telemetry;

namespace Etl.Cluster.Workers;

/// <summary>A message of work whose movies are in the pipeline.</summary>
internal sealed class InFlightMessage(WantedMovie[] movies)
{
    private readonly MovieResult[] _results = new MovieResult[movies.Length];
    private readonly TaskCompletionSource<MovieResult[]> _completed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _pending = movies.Length;

    /// <summary>Completes with the results, in the order of the movies, once all are there.</summary>
    public Task<MovieResult[]> Completed => _completed.Task;

    /// <summary>Sets the result of one of the movies.</summary>
    public void Complete(int index, Item<Palette> item)
    {
        EtlActivities.EndExtract(item.Span, item.Failure);
        _results[index] = MovieResult.Of(movies[index].Key, item);
        if (Interlocked.Decrement(ref _pending) == 0)
        {
            _completed.SetResult(_results);
        }
    }
}
