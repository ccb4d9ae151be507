using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Etl.Tests.Support;

/// <summary>A web server on this machine that answers each request with the given bytes and closes the connection.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, port: 0);
    private readonly CancellationTokenSource _ending = new();
    private readonly Func<string, byte[]?> _answer;
    private readonly ConcurrentQueue<string> _requests = new();
    private readonly Task _accepting;

    /// <param name="answer">The whole response to a path; null to leave the request unanswered.</param>
    public LoopbackServer(Func<string, byte[]?> answer)
    {
        _answer = answer;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Whether a connection stays open after its answer, until the test ends.</summary>
    public bool HoldsOpen { get; init; }

    public string Url => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>The paths asked for, in order.</summary>
    public IReadOnlyCollection<string> Requests => _requests;

    /// <summary>A response with a status, headers and a body.</summary>
    public static byte[] Response(string status, byte[] body, params string[] headers) =>
    [
        .. Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nConnection: close\r\n{string.Concat(headers.Select(header => header + "\r\n"))}\r\n"),
        .. body,
    ];

    /// <summary>A response that says how long it is.</summary>
    public static byte[] Ok(byte[] body, params string[] headers) =>
        Response("200 OK", body, [$"Content-Length: {body.Length}", .. headers]);

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        _listener.Stop();
        await _accepting.WaitAsync(TestTimeout);
        _ending.Dispose();
    }

    private async Task AcceptAsync()
    {
        var answering = new List<Task>();
        try
        {
            while (true)
            {
                answering.Add(AnswerAsync(await _listener.AcceptTcpClientAsync(_ending.Token)));
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(answering);
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                NetworkStream stream = client.GetStream();
                using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
                string path = (await reader.ReadLineAsync(_ending.Token))!.Split(' ')[1];
                while (await reader.ReadLineAsync(_ending.Token) is { Length: > 0 })
                {
                }

                _requests.Enqueue(path);
                if (_answer(path) is not { } response)
                {
                    await Task.Delay(Timeout.Infinite, _ending.Token);
                    return;
                }

                await stream.WriteAsync(response, _ending.Token);
                if (HoldsOpen)
                {
                    await Task.Delay(Timeout.Infinite, _ending.Token);
                }
            }
            catch (Exception error) when (error is OperationCanceledException or IOException)
            {
                // The client has left, or the test has ended.
            }
        }
    }
}
