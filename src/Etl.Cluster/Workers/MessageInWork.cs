using Etl.Cluster.Messages;
using PaletteEtl.Palettes;
using PaletteEtl.Telemetry;

namespace Etl.Cluster.Workers;

/// <summary>The movies of one message on their way through the local block.</summary>
internal sealed class MessageInWork(WantedMovie[] movies)
{
    private readonly MovieResult[] _results = new MovieResult[movies.Length];
    private readonly TaskCompletionSource<MovieResult[]> _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _open = movies.Length;

    /// <summary>Completes with the results, in the order of the movies, once all are there.</summary>
    public Task<MovieResult[]> Finished => _finished.Task;

    /// <summary>One of the movies has come out.</summary>
    public void Finish(int place, Item<Palette> item)
    {
        EtlActivities.EndExtract(item.Span, item.Failure);
        _results[place] = MovieResult.Of(movies[place].Key, item);
        if (Interlocked.Decrement(ref _open) == 0)
        {
            _finished.SetResult(_results);
        }
    }
}
