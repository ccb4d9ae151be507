using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;

namespace Etl.IntegrationTests.Run;

/// <summary>A web server on loopback that delays its responses until the test releases them. A cover that has been released is not
/// delayed again, because the page requests it once more for a thumbnail.</summary>
internal sealed class SlowCovers : IAsyncDisposable
{
    private const int All = 1_000_000;

    private readonly SemaphoreSlim _gate = new(0);
    private readonly ConcurrentDictionary<PathString, bool> _released = new();
    private readonly TaskCompletionSource _requested = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CoverServer? _server;
    private int _requests;

    private SlowCovers()
    {
    }

    public string Location => $"{_server!.Url}/{{id}}.jpg";

    /// <summary>Completes once the expected number of requests wait.</summary>
    public Task Requested => _requested.Task.WaitAsync(TestTimeout);

    /// <summary>Requests so far.</summary>
    public int Requests => Volatile.Read(ref _requests);

    /// <param name="cover">The body of every response.</param>
    /// <param name="requests">Number of requests after which <see cref="Requested"/> is complete.</param>
    public static Task<SlowCovers> StartAsync(byte[] cover, int requests) => StartAsync(Answers.Body(cover), requests);

    /// <param name="respond">Responds to a request once it is released.</param>
    /// <param name="requests">Number of requests after which <see cref="Requested"/> is complete.</param>
    public static async Task<SlowCovers> StartAsync(RequestDelegate respond, int requests)
    {
        var covers = new SlowCovers();
        covers._server = await CoverServer.StartAsync(async context =>
        {
            if (HttpMethods.IsHead(context.Request.Method))
            {
                return; // a worker checks that the server responds
            }

            if (Interlocked.Increment(ref covers._requests) == requests)
            {
                covers._requested.TrySetResult();
            }

            if (!covers._released.ContainsKey(context.Request.Path))
            {
                await covers._gate.WaitAsync(context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (!context.RequestAborted.IsCancellationRequested)
                {
                    covers._released[context.Request.Path] = true;
                }
            }

            await respond(context);
        });
        return covers;
    }

    /// <summary>Releases a number of requests.</summary>
    public void Let(int requests) => _gate.Release(requests);

    /// <summary>Releases all requests from now on.</summary>
    public void Open() => Let(All);

    public async ValueTask DisposeAsync()
    {
        Open();
        await _server!.DisposeAsync();
        _gate.Dispose();
    }
}
