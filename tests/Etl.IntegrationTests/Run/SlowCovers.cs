using Microsoft.AspNetCore.Http;

namespace Etl.IntegrationTests.Run;

/// <summary>A web server on loopback that answers no request before it is let.</summary>
internal sealed class SlowCovers : IAsyncDisposable
{
    private const int All = 1_000_000;

    private readonly SemaphoreSlim _gate = new(0);
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CoverServer? _server;
    private int _requests;

    private SlowCovers()
    {
    }

    public string Location => $"{_server!.Url}/{{id}}.jpg";

    /// <summary>Completes once as many requests wait as the test has askers.</summary>
    public Task Asked => _asked.Task.WaitAsync(TestTimeout);

    /// <summary>Requests so far.</summary>
    public int Requests => Volatile.Read(ref _requests);

    /// <param name="cover">What every request is answered with.</param>
    /// <param name="askers">Requests after which <see cref="Asked"/> is complete.</param>
    public static Task<SlowCovers> StartAsync(byte[] cover, int askers) => StartAsync(Answers.Body(cover), askers);

    /// <param name="answer">Answers a request, once it is let.</param>
    /// <param name="askers">Requests after which <see cref="Asked"/> is complete.</param>
    public static async Task<SlowCovers> StartAsync(RequestDelegate answer, int askers)
    {
        var covers = new SlowCovers();
        covers._server = await CoverServer.StartAsync(async context =>
        {
            if (Interlocked.Increment(ref covers._requests) == askers)
            {
                covers._asked.TrySetResult();
            }

            await covers._gate.WaitAsync(context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await answer(context);
        });
        return covers;
    }

    /// <summary>Lets a number of requests be answered.</summary>
    public void Let(int requests) => _gate.Release(requests);

    /// <summary>Lets all be answered from now on.</summary>
    public void Open() => Let(All);

    public async ValueTask DisposeAsync()
    {
        Open();
        await _server!.DisposeAsync();
        _gate.Dispose();
    }
}
