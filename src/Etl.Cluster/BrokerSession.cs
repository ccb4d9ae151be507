using System.Threading.Channels;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Etl.Cluster;

/// <summary>A connection and its channels, until the first of them ends: the client's own recovery would leave a channel
/// that the broker closed without a consumer.</summary>
internal sealed class BrokerSession : IAsyncDisposable
{
    private static readonly TimeSpan ClosingTime = TimeSpan.FromSeconds(5);

    private readonly IConnection _connection;
    private readonly TaskCompletionSource<string> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly IChannel _channel;
    private readonly Channel<ulong> _acknowledged = System.Threading.Channels.Channel.CreateUnbounded<ulong>(
        new UnboundedChannelOptions { SingleReader = true }); // bounded by the prefetch
    private readonly Task _acknowledging;
    private IChannel? _inspecting;

    private BrokerSession(IConnection connection, IChannel channel)
    {
        (_connection, _channel) = (connection, channel);
        _acknowledging = AcknowledgeAsync();
        Watch(channel);
        connection.ConnectionShutdownAsync += (_, end) => Do(() => End(BrokerProblem.Describe(end)));
    }

    /// <summary>Completes with the reason once the session cannot be used any more.</summary>
    public Task<string> Ended => _ended.Task;

    /// <summary>The channel that declares, publishes and consumes.</summary>
    public IChannel Channel => _channel;

    /// <summary>Connects.</summary>
    /// <param name="options">The broker.</param>
    /// <param name="name">The name of the connection, shown by the broker.</param>
    /// <param name="blocked">Called when the broker blocks or unblocks publishers, because of memory or disk.</param>
    /// <param name="cancellationToken">Cancels the attempt.</param>
    public static async Task<BrokerSession> OpenAsync(
        ClusterOptions options, string name, Action<bool> blocked, CancellationToken cancellationToken)
    {
        IConnection connection = await BrokerAccess.FactoryOf(options).CreateConnectionAsync(name, cancellationToken).ConfigureAwait(false);
        try
        {
            connection.ConnectionBlockedAsync += (_, _) => Do(() => blocked(true));
            connection.ConnectionUnblockedAsync += (_, _) => Do(() => blocked(false));
            return new BrokerSession(connection, await OpenChannelAsync(connection, cancellationToken).ConfigureAwait(false));
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>A further channel of the session.</summary>
    public async Task<IChannel> OpenChannelAsync(CancellationToken cancellationToken)
    {
        IChannel channel = await OpenChannelAsync(_connection, cancellationToken).ConfigureAwait(false);
        Watch(channel);
        return channel;
    }

    /// <summary>Declares a queue that belongs to this connection alone, and ends with it.</summary>
    /// <returns>False if another connection has the queue.</returns>
    public async Task<bool> TryDeclareExclusiveAsync(string queue, CancellationToken cancellationToken)
    {
        // A channel of its own: the broker closes it on refusal, and the queue outlives it.
        IChannel channel = await OpenChannelAsync(_connection, cancellationToken).ConfigureAwait(false);
        await using (channel.ConfigureAwait(false))
        {
            try
            {
                await channel.QueueDeclareAsync(
                    queue,
                    durable: false,
                    exclusive: true,
                    autoDelete: false,
                    new Dictionary<string, object?> { ["x-queue-type"] = "classic" },
                    cancellationToken: cancellationToken).ConfigureAwait(false);
                return true;
            }
            catch (OperationInterruptedException error) when (error.ShutdownReason?.ReplyCode == Constants.ResourceLocked)
            {
                return false;
            }
        }
    }

    /// <summary>The number of messages that wait in a queue, and of its consumers. Not for concurrent use.</summary>
    public async Task<QueueDeclareOk> InspectAsync(string queue, CancellationToken cancellationToken)
    {
        _inspecting ??= await OpenChannelAsync(cancellationToken).ConfigureAwait(false); // of its own: the consumers' may be busy
        return await _inspecting.QueueDeclarePassiveAsync(queue, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads the messages that wait in a queue, and leaves them there.</summary>
    /// <param name="queue">The queue; one that does not exist, or that the user may not read, has no messages.</param>
    /// <param name="read">Reads a message; null for one to be ignored.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task<List<T>> BrowseAsync<T>(string queue, Func<BasicGetResult, T?> read, CancellationToken cancellationToken)
        where T : class
    {
        // A channel of its own: the broker requeues the messages when it is closed, and closes it itself if there is no such queue.
        IChannel channel = await OpenChannelAsync(_connection, cancellationToken).ConfigureAwait(false);
        await using (channel.ConfigureAwait(false))
        {
            var found = new List<T>();
            try
            {
                while (await channel.BasicGetAsync(queue, autoAck: false, cancellationToken).ConfigureAwait(false) is { } message)
                {
                    if (read(message) is { } item)
                    {
                        found.Add(item);
                    }
                }
            }
            catch (OperationInterruptedException error) when (error.ShutdownReason?.ReplyCode is Constants.NotFound or Constants.AccessRefused)
            {
                // No coordinator of this version has declared it, or the user is a worker's.
            }

            return found;
        }
    }

    /// <summary>Publishes to a queue if it exists.</summary>
    public async Task PublishOptionalAsync(string queue, BasicProperties properties, ReadOnlyMemory<byte> body, CancellationToken cancellationToken) =>
        await _channel.BasicPublishAsync("", queue, mandatory: false, properties, body, cancellationToken).ConfigureAwait(false);

    /// <summary>Publishes to a queue, and waits until the broker has confirmed that it keeps the message.</summary>
    public async Task PublishAsync(
        string queue, BasicProperties properties, ReadOnlyMemory<byte> body, CancellationToken cancellationToken) =>
        await _channel.BasicPublishAsync("", queue, mandatory: true, properties, body, cancellationToken).ConfigureAwait(false);

    /// <summary>Ends the session; the first reason counts.</summary>
    public void End(string reason) => _ended.TrySetResult(reason);

    /// <summary>Acknowledges a message of <see cref="Channel"/>. The broker requeues it if the session has ended.</summary>
    public void Acknowledge(ulong tag) => _acknowledged.Writer.TryWrite(tag);

    public async ValueTask DisposeAsync()
    {
        _acknowledged.Writer.TryComplete();
        try
        {
            await CloseAsync().WaitAsync(ClosingTime).ConfigureAwait(false);
        }
        catch (Exception error) when (BrokerProblem.Is(error) || error is OperationCanceledException)
        {
            // Closed already, or the broker does not respond in time.
        }
    }

    private async Task CloseAsync()
    {
        try
        {
            await _acknowledging.ConfigureAwait(false);
            End("It was closed.");
            await _channel.CloseAsync().ConfigureAwait(false); // completes once the broker has processed all frames before it
            await _connection.CloseAsync().ConfigureAwait(false);
        }
        finally
        {
            await _connection.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task AcknowledgeAsync()
    {
        try
        {
            await foreach (ulong tag in _acknowledged.Reader.ReadAllAsync().ConfigureAwait(false))
            {
                await _channel.BasicAckAsync(tag, multiple: false).ConfigureAwait(false);
            }
        }
        catch (Exception error) when (BrokerProblem.Is(error))
        {
            End(BrokerProblem.Describe(error));
        }
    }

    private void Watch(IChannel channel) => channel.ChannelShutdownAsync += (_, end) => Do(() => End(BrokerProblem.Describe(end)));

    private static Task<IChannel> OpenChannelAsync(IConnection connection, CancellationToken cancellationToken) =>
        connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), cancellationToken);

    /// <summary>The client's events are asynchronous; what follows from them here is not.</summary>
    private static Task Do(Action action)
    {
        action();
        return Task.CompletedTask;
    }
}
