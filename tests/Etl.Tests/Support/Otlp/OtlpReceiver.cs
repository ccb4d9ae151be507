using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Primitives;

namespace Etl.Tests.Support.Otlp;

/// <summary>Receives OTLP on this machine, over gRPC or over HTTP, and reads it with the field numbers of
/// opentelemetry-proto.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    public const string Grpc = "grpc";
    public const string HttpProtobuf = "http/protobuf";

    private const int FrameHeader = 5;

    private readonly ConcurrentQueue<(string Path, ProtoMessage Request)> _requests = new();
    private readonly ConcurrentQueue<IHeaderDictionary> _headers = new();
    private readonly RequestDelegate? _instead;
    private readonly WebApplication _app;

    private OtlpReceiver(string protocol, X509Certificate2? certificate, RequestDelegate? instead)
    {
        (Protocol, _instead) = (protocol, instead);
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.Zero); // no request is waited for
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(options => options.Listen(
            IPAddress.Loopback,
            port: 0,
            listen =>
            {
                listen.Protocols = protocol == Grpc ? HttpProtocols.Http2 : HttpProtocols.Http1;
                if (certificate is not null)
                {
                    listen.UseHttps(certificate);
                }
            }));
        _app = builder.Build();
        _app.Run(ReceiveAsync);
    }

    public string Protocol { get; }

    public string Url { get; private set; } = "";

    /// <summary>The headers of each request.</summary>
    public IReadOnlyCollection<IHeaderDictionary> Headers => _headers;

    /// <summary>The paths that were asked for, each once.</summary>
    public IReadOnlyList<string> Paths => [.. _requests.Select(request => request.Path).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>All instruments, one for each export.</summary>
    public IReadOnlyList<OtlpMetric> Metrics =>
    [
        .. Scopes("metrics").SelectMany(one => one.Scope.Messages(2).Select(
            metric => OtlpMetric.Of(metric, one.Scope.Message(1), one.Resource))),
    ];

    public IReadOnlyList<OtlpSpan> Spans => [.. Scopes("trace").SelectMany(one => one.Scope.Messages(2).Select(span => OtlpSpan.Of(span, one.Resource)))];

    public IReadOnlyList<OtlpLog> Logs =>
    [
        .. Scopes("logs").SelectMany(one => one.Scope.Messages(2).Select(
            log => OtlpLog.Of(log, one.Scope.Message(1).Text(1), one.Resource))),
    ];

    /// <param name="protocol">The protocol that it understands.</param>
    /// <param name="certificate">The certificate of an https server; null for http.</param>
    /// <param name="instead">Answers requests instead of receiving them.</param>
    public static async Task<OtlpReceiver> StartAsync(
        string protocol, X509Certificate2? certificate = null, RequestDelegate? instead = null)
    {
        var receiver = new OtlpReceiver(protocol, certificate, instead);
        await receiver._app.StartAsync();
        receiver.Url = receiver._app.Urls.Single();
        return receiver;
    }

    /// <summary>The points of an instrument as they were exported last.</summary>
    public IReadOnlyList<OtlpPoint> Points(string instrument) => Metrics.LastOrDefault(metric => metric.Name == instrument)?.Points ?? [];

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private IEnumerable<(ProtoMessage Scope, OtlpAttributes Resource)> Scopes(string signal) =>
        from request in _requests
        where request.Path.Contains(signal, StringComparison.Ordinal)
        from ofResource in request.Request.Messages(1)
        let resource = new OtlpAttributes(ofResource.Message(1).Messages(1))
        from scope in ofResource.Messages(2)
        select (scope, resource);

    private async Task ReceiveAsync(HttpContext context)
    {
        if (_instead is not null)
        {
            await _instead(context);
            return;
        }

        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        ReadOnlyMemory<byte> message = body.ToArray();
        if (Protocol == Grpc)
        {
            message = message.Slice(FrameHeader, (int)BinaryPrimitives.ReadUInt32BigEndian(message.Span[1..]));
        }

        _headers.Enqueue(new HeaderDictionary(new Dictionary<string, StringValues>(context.Request.Headers, StringComparer.OrdinalIgnoreCase)));
        _requests.Enqueue((context.Request.Path.Value!, new ProtoMessage(message)));
        await AnswerAsync(context.Response);
    }

    private async Task AnswerAsync(HttpResponse response)
    {
        response.ContentType = Protocol == Grpc ? "application/grpc" : "application/x-protobuf";
        if (Protocol == Grpc)
        {
            response.DeclareTrailer("grpc-status");
            await response.Body.WriteAsync(new byte[FrameHeader]);
            response.AppendTrailer("grpc-status", "0");
        }
    }
}
