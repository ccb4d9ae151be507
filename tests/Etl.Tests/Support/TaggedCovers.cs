using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;

namespace Etl.Tests.Support;

/// <summary>The covers of a <see cref="CoverServer"/>, each version with a tag of its own.</summary>
internal sealed class TaggedCovers
{
    private readonly ConcurrentDictionary<string, (byte[] Bytes, string Tag)> _covers = new(StringComparer.Ordinal);
    private int _changes;

    public void Put(string path, byte[] bytes) => _covers[path] = (bytes, $"\"{Interlocked.Increment(ref _changes)}\"");

    public Task AnswerAsync(HttpContext context)
    {
        if (!_covers.TryGetValue(context.Request.Path.Value!, out (byte[] Bytes, string Tag) cover))
        {
            return Answers.Status(StatusCodes.Status404NotFound)(context);
        }

        if (context.Request.Headers.IfNoneMatch == cover.Tag)
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        return Answers.Body(cover.Bytes, ("ETag", cover.Tag))(context);
    }
}
