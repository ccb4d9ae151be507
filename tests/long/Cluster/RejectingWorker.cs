using Etl.IntegrationTests.Cluster;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Etl.LongTests.Cluster;

/// <summary>A worker of a version before, to which every message is one of a newer version: it rejects them all.</summary>
internal sealed class RejectingWorker : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1), Duration = TimeSpan.FromMilliseconds(50);

    private readonly CancellationTokenSource _ended = new();
    private readonly RabbitBroker _broker;
    private readonly string _queue;
    private readonly Task _running;

    public RejectingWorker(RabbitBroker broker, string queues)
    {
        (_broker, _queue) = (broker, $"{queues}.work");
        _running = RunAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _running;
        _ended.Dispose();
    }

    /// <summary>Connects again whenever the broker, the connection or the queue is gone.</summary>
    private async Task RunAsync()
    {
        while (!_ended.IsCancellationRequested)
        {
            try
            {
                await using IConnection connection = await _broker.ConnectAsync(RabbitBroker.Worker);
                await using IChannel channel = await connection.CreateChannelAsync();
                var lost = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                channel.ChannelShutdownAsync += (_, _) => End(lost);
                var consumer = new AsyncEventingBasicConsumer(channel);
                consumer.UnregisteredAsync += (_, _) => End(lost);
                consumer.ReceivedAsync += async (_, message) =>
                {
                    await Task.Delay(Duration);
                    await channel.BasicRejectAsync(message.DeliveryTag, requeue: false);
                };
                await channel.BasicQosAsync(0, prefetchCount: 1, global: false);
                await channel.BasicConsumeAsync(_queue, autoAck: false, consumer);
                await lost.Task.WaitAsync(_ended.Token);
            }
            catch (Exception error) when (error is not OutOfMemoryException)
            {
                await Task.Delay(Pause, _ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private static Task End(TaskCompletionSource lost)
    {
        lost.TrySetResult();
        return Task.CompletedTask;
    }
}
