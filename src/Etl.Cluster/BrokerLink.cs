using Microsoft.Extensions.Logging;

namespace Etl.Cluster;

/// <summary>The way to the broker: one session after another, with growing pauses while there is none.</summary>
/// <param name="options">The broker.</param>
/// <param name="name">What the broker's lists of connections show.</param>
/// <param name="current">Where the session is put that is up.</param>
/// <param name="begin">Declares and consumes in a new session.</param>
/// <param name="state">Where others see whether the broker is there.</param>
/// <param name="clock">Measures the pauses.</param>
/// <param name="log">Where it is told.</param>
internal sealed class BrokerLink(
    ClusterOptions options,
    string name,
    CurrentSession current,
    Func<BrokerSession, CancellationToken, Task> begin,
    BrokerState state,
    TimeProvider clock,
    ILogger log)
{
    /// <summary>A broker that ends or starts may refuse for a moment what it has allowed before.</summary>
    private const int RefusalsThatLast = 3;

    private readonly string _broker = BrokerAccess.Shown(options);
    private readonly Backoff _backoff = new(TimeSpan.FromSeconds(8));
    private bool _hasBegun;
    private int _refusals;

    /// <summary>Keeps a session up until something has ended.</summary>
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
            state.Found(); // nobody wants it now
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
