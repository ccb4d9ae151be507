namespace Etl.Cluster.Coordinator;

/// <summary>The movies of one batch of the graph, until each is completed.</summary>
internal sealed class PendingBatch(int movies)
{
    private readonly TaskCompletionSource _completed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _pending = movies;

    /// <summary>Completes with the last movie.</summary>
    public Task Completed => _completed.Task;

    public void MovieCompleted()
    {
        if (Interlocked.Decrement(ref _pending) == 0)
        {
            _completed.SetResult();
        }
    }
}
