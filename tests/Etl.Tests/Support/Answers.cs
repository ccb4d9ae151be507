using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;

namespace Etl.Tests.Support;

/// <summary>Answers of a <see cref="CoverServer"/>.</summary>
internal static class Answers
{
    /// <summary>A body with a <c>Content-Length</c>.</summary>
    public static RequestDelegate Body(byte[] body, params (string Name, string Value)[] headers) => context =>
    {
        Add(context.Response, headers);
        context.Response.ContentLength = body.Length;
        return context.Response.Body.WriteAsync(body).AsTask();
    };

    /// <summary>The file of a folder that is asked for.</summary>
    public static RequestDelegate FileOf(string folder) => context =>
        Body(File.ReadAllBytes(Path.Combine(folder, context.Request.Path.Value!.TrimStart('/'))))(context);

    /// <summary>A body in chunks, of which the length is not said.</summary>
    public static RequestDelegate Chunks(byte[] body, params (string Name, string Value)[] headers) => async context =>
    {
        Add(context.Response, headers);
        foreach (byte[] chunk in body.Chunk(64))
        {
            await context.Response.Body.WriteAsync(chunk);
            await context.Response.Body.FlushAsync();
        }
    };

    public static RequestDelegate Status(int status, params (string Name, string Value)[] headers) => context =>
    {
        context.Response.StatusCode = status;
        Add(context.Response, headers);
        return context.Response.WriteAsync("sorry");
    };

    public static RequestDelegate Redirect(string target) => Status(302, ("Location", target));

    /// <summary>A connection that is reset after some bytes of a body; before all else when there are none.</summary>
    public static RequestDelegate Reset(byte[] body, long length) => async context =>
    {
        if (body.Length > 0)
        {
            context.Response.ContentLength = length;
            await context.Response.Body.WriteAsync(body);
            await context.Response.Body.FlushAsync();
        }

        context.Abort();
    };

    /// <summary>Some bytes of a body, and then none for as long as the client stays.</summary>
    public static RequestDelegate StandStill(byte[] body, long length) => async context =>
    {
        if (body.Length > 0)
        {
            context.Response.ContentLength = length;
            await context.Response.Body.WriteAsync(body);
            await context.Response.Body.FlushAsync();
        }

        await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    };

    /// <summary>A body that comes byte by byte, and would take long.</summary>
    public static RequestDelegate Drip(long length) => async context =>
    {
        context.Response.ContentLength = length;
        while (!context.RequestAborted.IsCancellationRequested)
        {
            await context.Response.Body.WriteAsync(new byte[1], CancellationToken.None);
            await context.Response.Body.FlushAsync(CancellationToken.None);
            await Task.Delay(TimeSpan.FromSeconds(1), context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    };

    /// <summary>A body without end.</summary>
    public static RequestDelegate Endless { get; } = async context =>
    {
        while (!context.RequestAborted.IsCancellationRequested)
        {
            await context.Response.Body.WriteAsync(new byte[4096], CancellationToken.None);
        }
    };

    /// <summary>One answer after the other; the last one from then on.</summary>
    public static RequestDelegate InTurn(params RequestDelegate[] answers)
    {
        int asked = -1;
        return context => answers[Math.Min(Interlocked.Increment(ref asked), answers.Length - 1)](context);
    }

    /// <summary>Answers a request with bytes, header and body, and closes the connection.</summary>
    /// <param name="header">The header, a byte a character.</param>
    /// <param name="body">The body.</param>
    /// <param name="asked">Takes the request, a character a byte.</param>
    public static ConnectionDelegate Raw(string header, byte[] body, Action<string>? asked = null) => async connection =>
    {
        ReadOnlySequence<byte> request = (await connection.Transport.Input.ReadAsync()).Buffer;
        asked?.Invoke(Encoding.Latin1.GetString(request));
        connection.Transport.Input.AdvanceTo(request.End);
        await connection.Transport.Output.WriteAsync((byte[])[.. Encoding.Latin1.GetBytes(header), .. body]);
    };

    private static void Add(HttpResponse response, (string Name, string Value)[] headers)
    {
        foreach ((string name, string value) in headers)
        {
            response.Headers[name] = value;
        }
    }
}
