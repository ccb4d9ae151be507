using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Etl.IntegrationTests.Cluster;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Etl.LongTests.Cluster;

/// <summary>A worker of an earlier release, as its messages were recorded: it knows no headers, and rejects messages with members that it does
/// not know.</summary>
/// <param name="queues">The prefix of the queue names.</param>
/// <param name="palettes">The palettes of the movies by their ids.</param>
internal sealed class EarlierWorker(string queues, IReadOnlyDictionary<string, string> palettes) : IAsyncDisposable
{
    private static readonly string[] KnownOfMovies = ["key", "id", "previous", "trace"];

    private IConnection? _connection;
    private IChannel? _channel;
    private string? _tag;
    private int _processed;

    /// <summary>Movies whose results it has published.</summary>
    public int Processed => Volatile.Read(ref _processed);

    public async Task StartAsync(RabbitBroker broker)
    {
        _connection = await broker.ConnectAsync(RabbitBroker.Worker);
        _channel = await _connection.CreateChannelAsync();
        await _channel.BasicQosAsync(0, prefetchCount: 1, global: false);
        var consumer = new AsyncEventingBasicConsumer(_channel);
        consumer.ReceivedAsync += (_, message) => ReceiveAsync(message);
        _tag = await _channel.BasicConsumeAsync($"{queues}.work", autoAck: false, consumer);
    }

    /// <summary>Leaves in order.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_connection is { IsOpen: true })
        {
            await _channel!.BasicCancelAsync(_tag!);
            await _connection.CloseAsync();
        }
    }

    private async Task ReceiveAsync(BasicDeliverEventArgs message)
    {
        JsonNode work = JsonNode.Parse(message.Body.Span)!;
        JsonNode[] movies = [.. work["movies"]!.AsArray().Select(static movie => movie!)];
        if (message.BasicProperties.Type != "etl.work/1" || work.AsObject().Count != 2 || !movies.All(IsKnown))
        {
            await _channel!.BasicRejectAsync(message.DeliveryTag, requeue: false);
            return;
        }

        var results = new JsonObject { ["movies"] = new JsonArray([.. movies.Select(ResultOf)]) };
        var properties = new BasicProperties
        {
            Type = "etl.result/1",
            CorrelationId = message.BasicProperties.CorrelationId,
            ContentType = "application/json",
            DeliveryMode = DeliveryModes.Persistent,
        };
        await _channel!.BasicPublishAsync("", $"{queues}.results", mandatory: true, properties, Encoding.UTF8.GetBytes(results.ToJsonString()));
        await _channel.BasicAckAsync(message.DeliveryTag, multiple: false);
        Interlocked.Add(ref _processed, movies.Length);
    }

    private static bool IsKnown(JsonNode movie) => movie.AsObject().All(static member => KnownOfMovies.Contains(member.Key));

    private JsonNode ResultOf(JsonNode movie)
    {
        byte[] colors = [.. JsonSerializer.Deserialize<int[][]>(palettes[movie["id"]!.ToString()])!.SelectMany(static color => color).Select(static channel => (byte)channel)];
        return new JsonObject
        {
            ["key"] = movie["key"]!.DeepClone(),
            ["colors"] = Convert.ToBase64String(colors),
            ["version"] = new JsonObject { ["size"] = 52435, ["modified"] = "2026-11-29T22:27:55.6519039+00:00", ["eTag"] = null },
        };
    }
}
