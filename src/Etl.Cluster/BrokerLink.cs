using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace Etl.Cluster;

/// <summary>The way to the broker: one session after another, with growing pauses while there is none.</summary>
/// <param name="options">The broker.</param>
/// <param name="name">What the broker's lists of connections show.</param>
/// <param name="begin">Declares and consumes in a new session.</param>
/// <param name="state">Where others see whether the broker is there.</param>
/// <param name="clock">Measures the pauses.</param>
/// <param name="log">Where it is told.</param>
internal sealed class BrokerLink(
    ClusterOptions options,
    string name,
    Func<BrokerSession, CancellationToken, Task> begin,
    BrokerState state,
    TimeProvider clock,
    ILogger log)
{
    private static readonly TimeSpan RefusalPause = TimeSpan.FromMilliseconds(200);

    private readonly string _broker = BrokerSession.Shown(options);
    private readonly Backoff _backoff = new(TimeSpan.FromSeconds(8));
    private readonly Lock _gate = new();
    private TaskCompletionSource<BrokerSession> _current = NewCurrent();

    /// <summary>Keeps a session up until it is told to stop.</summary>
    /// <exception cref="ClusterException">The broker cannot be used, and waiting would not help.</exception>
    public async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            while (!stopping.IsCancellationRequested)
            {
                string problem = await RunSessionAsync(stopping).ConfigureAwait(false);
                if (!stopping.IsCancellationRequested)
                {
                    TimeSpan pause = _backoff.Next();
                    state.Lost($"The broker {_broker} is not there: {problem}");
                    ClusterLog.BrokerLost(log, _broker, problem, pause.TotalSeconds);
                    await Task.Delay(pause, clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }
            }
        }
        finally
        {
            state.Found(); // nobody wants it now
        }
    }

    /// <summary>Publishes to a queue until the broker has confirmed it, in whatever session; a lost confirm means once more.</summary>
    /// <exception cref="OperationCanceledException">It is not wanted any more.</exception>
    public async Task PublishAsync(
        string queue, BasicProperties properties, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        while (true)
        {
            BrokerSession session = await SessionAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                await session.PublishAsync(queue, properties, body, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (Exception error) when (BrokerProblem.Is(error) || error is OperationCanceledException && !cancellationToken.IsCancellationRequested)
            {
                ClusterLog.PublishRepeated(log, queue, BrokerProblem.Describe(error));
                await Task.Delay(RefusalPause, clock, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task<string> RunSessionAsync(CancellationToken stopping)
    {
        try
        {
            BrokerSession session = await BrokerSession.OpenAsync(options, name, Blocked, stopping).ConfigureAwait(false);
            await using (session.ConfigureAwait(false))
            {
                await begin(session, stopping).ConfigureAwait(false);
                Begun(session);
                try
                {
                    return await session.Ended.WaitAsync(stopping).ConfigureAwait(false);
                }
                finally
                {
                    Lost();
                }
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return "";
        }
        catch (Exception error) when (BrokerProblem.Is(error) || error is OperationCanceledException)
        {
            return BrokerProblem.Lasting(error, options) is { } lasting ? throw lasting : BrokerProblem.Describe(error);
        }
    }

    private Task<BrokerSession> SessionAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return _current.Task.WaitAsync(cancellationToken);
        }
    }

    private void Begun(BrokerSession session)
    {
        bool again = _backoff.Reset();
        state.Found();
        ClusterLog.BrokerFound(log, _broker, again ? " again" : "");
        lock (_gate)
        {
            _current.SetResult(session);
        }
    }

    private void Lost()
    {
        lock (_gate)
        {
            _current = NewCurrent();
        }
    }

    private void Blocked(bool blocked)
    {
        if (blocked)
        {
            state.Lost($"The broker {_broker} takes no messages: it is short of memory or disk.");
            ClusterLog.BrokerBlocks(log, _broker);
        }
        else
        {
            state.Found();
            ClusterLog.BrokerUnblocks(log, _broker);
        }
    }

    private static TaskCompletionSource<BrokerSession> NewCurrent() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
