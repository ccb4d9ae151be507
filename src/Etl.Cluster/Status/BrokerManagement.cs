using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Authentication;
using System.Text;
using System.Text.Json;
using RabbitMQ.Client;

namespace Etl.Cluster.Status;

/// <summary>Requests the rates of queues from the broker's management plugin; AMQP has no request for them.</summary>
internal sealed class BrokerManagement : IDisposable
{
    private const string Columns = "name,message_stats.publish_details.rate,message_stats.ack_details.rate";
    private const int MaxResponseBytes = 64 << 10;
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(10);

    private readonly string _address;
    private readonly string _virtualHost;
    private readonly string _user;
    private readonly HttpClient _client;

    /// <exception cref="ClusterException">The authorities' file cannot be used.</exception>
    public BrokerManagement(ClusterOptions options)
    {
        ConnectionFactory broker = BrokerAccess.FactoryOf(options);
        (_address, _virtualHost, _user) = (options.Management!.TrimEnd('/'), broker.VirtualHost, broker.UserName);
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        if (options.CaFile is { } file)
        {
            handler.SslOptions.RemoteCertificateValidationCallback = new BrokerCertificate(file).IsTrusted;
        }

        _client = new HttpClient(handler) { Timeout = RequestTimeout, MaxResponseContentBufferSize = MaxResponseBytes };
        byte[] credentials = Encoding.UTF8.GetBytes($"{broker.UserName}:{broker.Password}");
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(credentials));
    }

    /// <summary>A queue with its rates, as measured last by the broker; a queue that does not exist is returned unchanged.</summary>
    /// <exception cref="ClusterException">The plugin does not respond, or with an error.</exception>
    public async Task<QueueStatus> AddRatesAsync(QueueStatus queue, CancellationToken cancellationToken)
    {
        if (queue.Waiting is null)
        {
            return queue;
        }

        try
        {
            var path = new Uri(
                $"{_address}/api/queues/{Uri.EscapeDataString(_virtualHost)}/{Uri.EscapeDataString(queue.Queue)}?columns={Columns}");
            QueueStatistics? found = await _client.GetFromJsonAsync(path, ManagementJson.Default.QueueStatistics, cancellationToken)
                .ConfigureAwait(false);

            // A queue that nothing has gone through has no figures.
            return queue with
            {
                PublishedPerSecond = found?.MessageStats?.PublishDetails?.Rate ?? 0,
                AcknowledgedPerSecond = found?.MessageStats?.AckDetails?.Rate ?? 0,
            };
        }
        catch (Exception error) when (error is HttpRequestException or JsonException
            || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new ClusterException($"The broker's management {_address} {Describe(error)}.", error);
        }
    }

    public void Dispose() => _client.Dispose();

    private string Describe(Exception error) => error switch
    {
        HttpRequestException { StatusCode: HttpStatusCode.Unauthorized } =>
            $"refuses the user or its password. Give the user the tag management: rabbitmqctl set_user_tags {_user} management",
        HttpRequestException { StatusCode: { } status } =>
            $"responds with {(int)status}. Set {ClusterOptions.Section}:Management to the address of RabbitMQ's management plugin",
        HttpRequestException { InnerException: AuthenticationException certificate } =>
            $"has an untrusted certificate ({certificate.Message.TrimEnd('.')}). Set {ClusterOptions.Section}:CaFile",
        HttpRequestException => $"cannot be reached: {BrokerProblem.Describe(error).TrimEnd('.')}",
        JsonException =>
            $"sends an unexpected response. Set {ClusterOptions.Section}:Management to the address of RabbitMQ's management plugin",
        _ => "does not respond",
    };
}
