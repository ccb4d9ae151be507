using System.Text.Json;

namespace Etl.IntegrationTests.Service;

/// <summary>An open page of a service, as far as the service notices: a reader of its events.</summary>
internal sealed class OpenPage : IAsyncDisposable
{
    private readonly CancellationTokenSource _closed = new();
    private readonly Task _reading;
    private volatile string? _status;
    private volatile int _events;

    public OpenPage(ServiceProcess service) => _reading = ReadAsync(service.Client);

    /// <summary>Number of the status events so far.</summary>
    public int Events => _events;

    /// <summary>The status of the last event.</summary>
    public JsonElement Status => JsonElement.Parse(_status!);

    public async ValueTask DisposeAsync()
    {
        await _closed.CancelAsync();
        await _reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _closed.Dispose();
    }

    private async Task ReadAsync(HttpClient client)
    {
        using var lines = new StreamReader(await client.GetStreamAsync(new Uri("/api/events", UriKind.Relative), _closed.Token));
        bool isStatus = false;
        while (await lines.ReadLineAsync(_closed.Token) is { } line)
        {
            if (isStatus)
            {
                _status = line["data: ".Length..];
                _events++;
            }

            isStatus = line == "event: status";
        }
    }
}
