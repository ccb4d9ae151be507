namespace Etl.Cluster;

/// <summary>The session that is up, for those who publish in it.</summary>
internal sealed class CurrentSession
{
    private readonly Lock _gate = new();
    private TaskCompletionSource<BrokerSession> _session = New();

    /// <summary>The session, once there is one.</summary>
    public Task<BrokerSession> GetAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return _session.Task.WaitAsync(cancellationToken);
        }
    }

    public void Begun(BrokerSession session)
    {
        lock (_gate)
        {
            _session.SetResult(session);
        }
    }

    public void Lost()
    {
        lock (_gate)
        {
            _session = New();
        }
    }

    private static TaskCompletionSource<BrokerSession> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
