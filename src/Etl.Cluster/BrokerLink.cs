using Microsoft.Extensions.Logging;

namespace Etl.Cluster;

/// <summary>Keeps a session with the broker open: reconnects with back-off.</summary>
/// <param name="options">The broker.</param>
/// <param name="name">The name of the connection, shown by the broker.</param>
/// <param name="current">Holds the open session.</param>
/// <param name="begin">Declares queues and starts consumers in a new session.</param>
/// <param name="state">The state of the broker, for others to read.</param>
/// <param name="clock">Measures the back-off.</param>
/// <param name="log">The logger.</param>
internal sealed class BrokerLink(
    ClusterOptions options,
    string name,
    CurrentSession current,
    Func<BrokerSession, CancellationToken, Task> begin,
    ClusterState state,
    TimeProvider clock,
    ILogger log)
{
    /// <summary>While a broker stops or starts, it may briefly refuse what it allows otherwise.</summary>
    private const int RefusalsThatLast = 3;

    private readonly string _broker = BrokerAccess.Shown(options);
    private readonly Backoff _backoff = new(TimeSpan.FromSeconds(8));
    private bool _hasBegun;
    private int _refusals;

    /// <summary>Keeps a session open until a task has ended.</summary>
    /// <exception cref="ClusterException">The broker cannot be used, and waiting would not help.</exception>
    public async Task RunAsync(Task ended)
    {
        using var stopping = new CancellationTokenSource();
        Task running = RunAsync(stopping.Token);
        await Task.WhenAny(running, ended).ConfigureAwait(false);
        await stopping.CancelAsync().ConfigureAwait(false);
        await running.ConfigureAwait(false);
    }

    private async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            while (!stopping.IsCancellationRequested)
            {
                string problem = await RunSessionAsync(stopping).ConfigureAwait(false);
                if (!stopping.IsCancellationRequested)
                {
                    TimeSpan pause = _backoff.Next();
                    state.Lost($"The broker {_broker} cannot be used: {problem}");
                    ClusterLog.BrokerLost(log, _broker, problem, pause.TotalSeconds);
                    await Task.Delay(pause, clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }
            }
        }
        finally
        {
            state.Found(); // not in use, so no problem
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
                    current.Lost();
                }
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return "";
        }
        catch (Exception error) when (BrokerProblem.Is(error) || error is OperationCanceledException)
        {
            if (BrokerProblem.Lasting(error, options) is { } lasting && ++_refusals >= (_hasBegun ? RefusalsThatLast : 1))
            {
                throw lasting;
            }

            return BrokerProblem.Describe(error);
        }
    }

    private void Begun(BrokerSession session)
    {
        bool again = _backoff.Reset();
        (_hasBegun, _refusals) = (true, 0);
        state.Found();
        ClusterLog.BrokerFound(log, _broker, again ? " again" : "");
        current.Begun(session);
    }

    private void Blocked(bool blocked)
    {
        if (blocked)
        {
            state.Lost($"The broker {_broker} accepts no messages: it is short of memory or disk.");
            ClusterLog.BrokerBlocks(log, _broker);
        }
        else
        {
            state.Found();
            ClusterLog.BrokerUnblocks(log, _broker);
        }
    }
}
