using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace Etl.Cluster;

/// <summary>Publishes messages whatever becomes of a session.</summary>
internal sealed class BrokerPublisher(CurrentSession current, TimeProvider clock, ILogger log)
{
    private static readonly TimeSpan PublishPause = TimeSpan.FromMilliseconds(200);

    /// <summary>Publishes to a queue until the broker has confirmed it, in whatever session; a lost confirm means once more.</summary>
    /// <returns>The session it was.</returns>
    /// <exception cref="OperationCanceledException">It is not wanted any more.</exception>
    public async Task<BrokerSession> PublishAsync(
        string queue, BasicProperties properties, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        while (true)
        {
            BrokerSession session = await current.GetAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                await session.PublishAsync(queue, properties, body, cancellationToken).ConfigureAwait(false);
                return session;
            }
            catch (Exception error) when (
                BrokerProblem.Is(error) || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                ClusterLog.PublishRepeated(log, queue, BrokerProblem.Describe(error));
                await Task.Delay(PublishPause, clock, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
