namespace Etl.Cluster;

/// <summary>The open session, for publishers.</summary>
internal sealed class CurrentSession
{
    private volatile TaskCompletionSource<BrokerSession> _session = New();

    /// <summary>The session, once there is one.</summary>
    public Task<BrokerSession> GetAsync(CancellationToken cancellationToken) => _session.Task.WaitAsync(cancellationToken);

    public void Begun(BrokerSession session) => _session.SetResult(session);

    public void Lost() => _session = New();

    private static TaskCompletionSource<BrokerSession> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
