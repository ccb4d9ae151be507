namespace Etl.Cluster.Coordinator;

/// <summary>The movies of one message, until each is answered for.</summary>
internal sealed class Question(int movies)
{
    private readonly TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _open = movies;

    /// <summary>Completes with the last answer.</summary>
    public Task Answered => _answered.Task;

    public void Answer()
    {
        if (Interlocked.Decrement(ref _open) == 0)
        {
            _answered.SetResult();
        }
    }
}
