using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Etl.Tests.Support;

/// <summary>A web server on this machine that answers as a test tells it to.</summary>
internal sealed class CoverServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _answering;

    private CoverServer(RequestDelegate answer, Action<ListenOptions> listen, int port = 0)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.Zero); // no request is waited for
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(
            options => options.Listen(IPAddress.Loopback, port, listen));
        _app = builder.Build();
        _app.Run(context =>
        {
            Paths.Enqueue(context.Request.Path.Value + context.Request.QueryString);
            Task answered = answer(context);
            Interlocked.Increment(ref _answering);
            return answered;
        });
    }

    /// <summary>The requests in order: path and query, decoded.</summary>
    public ConcurrentQueue<string> Paths { get; } = new();

    public int Requests => Paths.Count;

    /// <summary>Number of requests whose answer has begun, so that everything it does before its first wait is done. A test
    /// that goes on while an answer stands still waits for this; a request counts earlier.</summary>
    public int Answering => Volatile.Read(ref _answering);

    public string Url { get; private set; } = "";

    /// <param name="answer">Answers a request.</param>
    /// <param name="certificate">The certificate of an https server; null for http.</param>
    /// <param name="port">The port; 0 for any that is free.</param>
    public static Task<CoverServer> StartAsync(RequestDelegate answer, X509Certificate2? certificate = null, int port = 0) => StartAsync(
        new CoverServer(answer, listen =>
        {
            if (certificate is not null)
            {
                listen.UseHttps(certificate);
            }
        }, port));

    /// <summary>A server of bytes that need not be HTTP.</summary>
    public static Task<CoverServer> StartRawAsync(ConnectionDelegate answer) => StartAsync(
        new CoverServer(_ => Task.CompletedTask, listen => listen.Run(connection => answer(connection))));

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static async Task<CoverServer> StartAsync(CoverServer server)
    {
        await server._app.StartAsync();
        server.Url = server._app.Urls.Single();
        return server;
    }
}
