using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Etl.IntegrationTests.Service;

/// <summary>The body of a request that stays open until the test ends it.</summary>
internal sealed class PendingContent : HttpContent
{
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public PendingContent() => Headers.ContentType = new MediaTypeHeaderValue("application/json");

    public Task Begun => _begun.Task.WaitAsync(TestTimeout);

    public void End() => _end.SetResult();

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await stream.WriteAsync(Encoding.UTF8.GetBytes("{"));
        await stream.FlushAsync();
        _begun.SetResult();
        await _end.Task;
        await stream.WriteAsync(Encoding.UTF8.GetBytes("}"));
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
