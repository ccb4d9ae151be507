using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Etl.Benchmarks;

/// <summary>A server of covers as catalogues meet them: slow at times, some covers gone, some answers failing, once or always.</summary>
internal sealed class CoverServer : IDisposable
{
    private const int GoneEvery = 31;
    private const int DownEvery = 500;
    private const int SlowFor = 4_000;
    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(60);
    private static readonly TimeSpan Quick = TimeSpan.FromMilliseconds(4);

    private readonly ConcurrentDictionary<int, bool> _failedOnce = new();
    private readonly HttpListener _listener = new();
    private readonly byte[][] _covers;
    private readonly TimeSpan? _latency;
    private readonly int _busyEvery;
    private readonly Task _serving;

    /// <param name="paths">The covers, which all movies take in turn.</param>
    /// <param name="latency">The time of each answer, and no cover is gone and no answer fails for good; null for changing ones, and failures.</param>
    /// <param name="busyEvery">The first answer to one of so many movies is 503.</param>
    public CoverServer(IEnumerable<string> paths, TimeSpan? latency = null, int busyEvery = 60)
    {
        (_latency, _busyEvery) = (latency, busyEvery);
        _covers = [.. paths.Select(File.ReadAllBytes)];
        string prefix = $"http://127.0.0.1:{FreePort()}/";
        Location = prefix + "{id}.jpg";
        _listener.Prefixes.Add(prefix);
        _listener.Start();
        _serving = ServeAsync();
    }

    /// <summary>Where the covers are.</summary>
    public string Location { get; }

    public void Dispose()
    {
        _listener.Close();
        _serving.GetAwaiter().GetResult();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task ServeAsync()
    {
        var answers = new ConcurrentDictionary<Task, bool>();
        while (await NextAsync() is { } request)
        {
            Task answer = AnswerAsync(request);
            answers[answer] = true;
            foreach (Task done in answers.Keys.Where(static task => task.IsCompleted))
            {
                answers.TryRemove(done, out _);
            }
        }

        await Task.WhenAll(answers.Keys);
    }

    private async Task<HttpListenerContext?> NextAsync()
    {
        try
        {
            return await _listener.GetContextAsync();
        }
        catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
        {
            return null; // closed
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        int movie = int.Parse(Path.GetFileNameWithoutExtension(context.Request.Url!.AbsolutePath), CultureInfo.InvariantCulture);
        await Task.Delay(_latency ?? (movie / SlowFor % 2 == 0 ? Quick : Slow));
        try
        {
            HttpListenerResponse response = context.Response;
            response.StatusCode = (int)StatusOf(movie);
            if (response.StatusCode == (int)HttpStatusCode.OK)
            {
                byte[] cover = _covers[movie % _covers.Length];
                response.AddHeader("ETag", $"\"{movie}\"");
                response.ContentLength64 = cover.Length;
                await response.OutputStream.WriteAsync(cover);
            }

            response.Close(); // to dispose of it would close the connection
        }
        catch (Exception error) when (error is HttpListenerException or ObjectDisposedException or IOException)
        {
            // The run was aborted and hung up.
        }
    }

    private HttpStatusCode StatusOf(int movie) =>
        _latency is null && movie % GoneEvery == GoneEvery - 1 ? HttpStatusCode.NotFound
        : _latency is null && movie % DownEvery == DownEvery - 1 ? HttpStatusCode.BadGateway
        : movie % _busyEvery == 0 && _failedOnce.TryAdd(movie, true) ? HttpStatusCode.ServiceUnavailable
        : HttpStatusCode.OK;
}
