using RabbitMQ.Client;

namespace Etl.Cluster;

/// <summary>Creates connections to the broker of the options.</summary>
internal static class BrokerAccess
{
    /// <summary>Maximum size of a message; a larger one ends the connection.</summary>
    private const uint MaxMessageBytes = 16 << 20;

    /// <summary>Time limit for a response of the broker.</summary>
    private static readonly TimeSpan ResponseTimeout = TimeSpan.FromSeconds(10);

    /// <summary>The broker as it may be shown: without user and password.</summary>
    public static string Shown(ClusterOptions options) =>
        new Uri(options.Broker!).GetComponents(UriComponents.HostAndPort, UriFormat.Unescaped);

    /// <summary>Why there can be no connection, in a sentence; null when there can be one.</summary>
    public static async Task<string?> ProblemAsync(ClusterOptions options, CancellationToken cancellationToken)
    {
        try
        {
            BrokerSession session = await BrokerSession.OpenAsync(options, "etl check", static _ => { }, cancellationToken)
                .ConfigureAwait(false);
            await session.DisposeAsync().ConfigureAwait(false);
            return null;
        }
        catch (ClusterException error)
        {
            return error.Message;
        }
        catch (Exception error) when (
            BrokerProblem.Is(error) || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return BrokerProblem.Unreachable(error, options).Message;
        }
    }

    /// <exception cref="ClusterException">The authorities' file cannot be used.</exception>
    public static ConnectionFactory FactoryOf(ClusterOptions options)
    {
        var factory = new ConnectionFactory
        {
            Uri = new Uri(options.Broker!),
            AutomaticRecoveryEnabled = false,
            RequestedHeartbeat = options.Heartbeat,
            ContinuationTimeout = ResponseTimeout,
            MaxInboundMessageBodySize = MaxMessageBytes,
        };
        factory.Password = options.Password ?? factory.Password;
        if (factory.Ssl.Enabled && options.CaFile is { } file)
        {
            factory.Ssl.CertificateValidationCallback = new BrokerCertificate(file).IsTrusted;
        }

        return factory;
    }
}
