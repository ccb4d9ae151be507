using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Etl.Cluster;

/// <summary>Publishes messages, with retries across sessions.</summary>
internal sealed class BrokerPublisher(CurrentSession current, TimeProvider clock, ILogger log)
{
    private static readonly TimeSpan PublishPause = TimeSpan.FromMilliseconds(200);

    /// <summary>Publishes a message until the broker has confirmed it, in this session or a later one. After a lost confirm the message is
    /// published again.</summary>
    /// <returns>The session that confirmed it.</returns>
    /// <exception cref="OperationCanceledException">The call is cancelled.</exception>
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
                if (error is PublishException { IsReturn: true })
                {
                    session.End($"The queue {queue} is gone."); // a new session declares it again
                }

                ClusterLog.PublishRepeated(log, queue, BrokerProblem.Describe(error));
                await Task.Delay(PublishPause, clock, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
