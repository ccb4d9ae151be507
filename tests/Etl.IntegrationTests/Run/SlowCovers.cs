using System.Net;

namespace Etl.IntegrationTests.Run;

/// <summary>A web server on loopback that answers no request before its gate opens.</summary>
internal sealed class SlowCovers : IAsyncDisposable
{
    private readonly HttpListener _listener;
    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly byte[] _cover;
    private readonly int _askers;
    private readonly Task _serving;
    private int _requests;

    /// <param name="cover">What every request is answered with.</param>
    /// <param name="askers">Requests after which <see cref="Asked"/> is complete.</param>
    public SlowCovers(byte[] cover, int askers)
    {
        (_cover, _askers) = (cover, askers);
        (_listener, Port) = Listen();
        _serving = ServeAsync();
    }

    public int Port { get; }

    public string Location => $"http://127.0.0.1:{Port}/{{id}}.jpg";

    /// <summary>Completes once that many requests wait.</summary>
    public Task Asked => _asked.Task.WaitAsync(TimeSpan.FromSeconds(30));

    public void Open() => _gate.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        Open();
        _listener.Stop();
        await _serving;
        _listener.Close();
    }

    private static (HttpListener Listener, int Port) Listen()
    {
        for (int port = 20_000 + (Environment.ProcessId % 20_000); ; port++)
        {
            var listener = new HttpListener { Prefixes = { $"http://127.0.0.1:{port}/" } };
            try
            {
                listener.Start();
                return (listener, port);
            }
            catch (HttpListenerException)
            {
                listener.Close(); // taken; the next one may be free
            }
        }
    }

    private async Task ServeAsync()
    {
        var answers = new List<Task>();
        try
        {
            while (true)
            {
                answers.Add(AnswerAsync(await _listener.GetContextAsync()));
            }
        }
        catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
        {
            await Task.WhenAll(answers); // stopped by the test
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        if (Interlocked.Increment(ref _requests) == _askers)
        {
            _asked.TrySetResult();
        }

        await _gate.Task;
        try
        {
            await context.Response.OutputStream.WriteAsync(_cover);
            context.Response.Close();
        }
        catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
        {
            // The process that asked has been stopped.
        }
    }
}
