using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;

namespace Etl.Host.Web;

/// <summary>Server-sent events: an event is written once, and its bytes go to every listener.</summary>
/// <remarks>A listener that is too slow misses events, the oldest first; the next ones make up for them.</remarks>
internal sealed class EventStream : IDisposable
{
    private const int MaxListeners = 1_000;
    private const int EventsWaiting = 16;

    private static readonly byte[] Opening = "retry: 2000\n\n"u8.ToArray();
    private static readonly byte[] Ending = "event: ending\ndata: {}\n\n"u8.ToArray();

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _ended = new();
    private Channel<byte[]>[] _listeners = [];

    public bool HasListeners => Volatile.Read(ref _listeners).Length > 0;

    public void Send<T>(string name, T data, JsonTypeInfo<T> type)
    {
        byte[] message = Encoding.UTF8.GetBytes($"event: {name}\ndata: {JsonSerializer.Serialize(data, type)}\n\n");
        foreach (Channel<byte[]> listener in Volatile.Read(ref _listeners))
        {
            listener.Writer.TryWrite(message);
        }
    }

    /// <summary>Tells all listeners that the service ends, and lets them go.</summary>
    public void End() => _ended.Cancel();

    public void Dispose() => _ended.Dispose();

    /// <summary>Answers a request with the events from now on, until the client or the service goes.</summary>
    public async Task ServeAsync(HttpContext context)
    {
        Channel<byte[]> listener = Channel.CreateBounded<byte[]>(
            new BoundedChannelOptions(EventsWaiting) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        if (!TryAdd(listener))
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        try
        {
            context.Response.ContentType = "text/event-stream";
            context.Response.Headers.CacheControl = "no-store";
            context.Response.Headers["X-Accel-Buffering"] = "no";
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _ended.Token);
            await WriteAsync(context.Response, Opening, context.RequestAborted);
            await PumpAsync(listener.Reader, context, ended.Token);
        }
        finally
        {
            Remove(listener);
        }
    }

    private static async Task PumpAsync(ChannelReader<byte[]> events, HttpContext context, CancellationToken ended)
    {
        try
        {
            while (await events.WaitToReadAsync(ended))
            {
                while (events.TryRead(out byte[]? message))
                {
                    await WriteAsync(context.Response, message, ended);
                }
            }
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            await WriteAsync(context.Response, Ending, context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            // The client has gone.
        }
    }

    private static async Task WriteAsync(HttpResponse response, byte[] message, CancellationToken ended) =>
        await response.BodyWriter.WriteAsync(message, ended);

    private bool TryAdd(Channel<byte[]> listener)
    {
        lock (_gate)
        {
            if (_listeners.Length == MaxListeners)
            {
                return false;
            }

            _listeners = [.. _listeners, listener];
            return true;
        }
    }

    private void Remove(Channel<byte[]> listener)
    {
        lock (_gate)
        {
            _listeners = [.. _listeners.Where(other => other != listener)];
        }
    }
}
