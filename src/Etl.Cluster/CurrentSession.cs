namespace Etl.Cluster;

/// <summary>The open session, for publishers.</summary>
internal sealed class CurrentSession
{
    private volatile TaskCompletionSource<BrokerSession> _session = New();

    /// <summary>The session, once there is one.</summary>
    public Task<BrokerSession> GetAsync(CancellationToken cancellationToken) => _session.Task.WaitAsync(cancellationToken);

    /// <summary>The session; null while there is none.</summary>
    public BrokerSession? Open { get; private set; }

    public void Begun(BrokerSession session)
    {
        Open = session;
        _session.SetResult(session);
    }

    public void Lost()
    {
        Open = null;
        _session = New();
    }

    private static TaskCompletionSource<BrokerSession> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
