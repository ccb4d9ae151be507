using PaletteEtl.Covers;
using PaletteEtl.Covers.Http;
using PaletteEtl.Model;

namespace Etl.Tests.Covers;

/// <summary>Servers that do as they should, or that say clearly what is wrong.</summary>
public sealed class HttpLocationTests
{
    private static readonly byte[] Cover = [.. Enumerable.Range(0, 200).Select(i => (byte)i)];

    [Fact]
    public async Task FetchAsync_Answers200_ReadsTheBody()
    {
        await using CoverServer server = await CoverServer.StartAsync(
            Answers.Body(Cover, ("ETag", "\"one\""), ("Last-Modified", "Wed, 21 Oct 2015 07:28:00 GMT")));
        using var covers = new TestCovers($"{server.Url}/{{id}}.jpg");

        (byte[] bytes, CoverVersion version) = await covers.FetchAsync("Amélie &?");

        Assert.Equal(Cover, bytes);
        Assert.Equal(new CoverVersion(200, new DateTimeOffset(2015, 10, 21, 7, 28, 0, TimeSpan.Zero), "\"one\""), version);
        Assert.Equal(["/Amélie &?.jpg"], server.Paths);
    }

    [Fact]
    public async Task FetchAsync_Chunked_ReadsToTheEnd()
    {
        await using CoverServer server = await CoverServer.StartAsync(Answers.Chunks(Cover));
        using var covers = new TestCovers($"{server.Url}/{{id}}") { Options = { Fetch = { MaxCoverBytes = 200 } } };

        Assert.Equal(Cover, (await covers.FetchAsync("a")).Bytes);
    }

    [Fact]
    public async Task FetchAsync_LengthIsNotSaid_ReadsToTheEndOfTheConnection()
    {
        await using CoverServer server = await CoverServer.StartRawAsync(Answers.Raw("HTTP/1.1 200 OK\r\n\r\n", Cover));
        using var covers = new TestCovers($"{server.Url}/{{id}}");

        Assert.Equal(Cover, (await covers.FetchAsync("a")).Bytes);
    }

    [Fact]
    public async Task FetchAsync_MoreThanTheLengthSaid_ReadsTheLengthSaid()
    {
        await using CoverServer server = await CoverServer.StartRawAsync(
            Answers.Raw("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n", Cover));
        using var covers = new TestCovers($"{server.Url}/{{id}}");

        Assert.Equal(Cover[..100], (await covers.FetchAsync("a")).Bytes);
    }

    [Fact]
    public async Task FetchAsync_EmptyBody_IsReadAndLeftToTheDecoder()
    {
        await using CoverServer server = await CoverServer.StartAsync(Answers.Body([]));
        using var covers = new TestCovers($"{server.Url}/{{id}}");

        byte[] bytes = (await covers.FetchAsync("a")).Bytes;

        Assert.Equal(FailureReason.Empty, ReasonOf(bytes));
    }

    [Fact]
    public async Task FetchAsync_AnswersAPage_IsReadAndRefusedByTheDecoder()
    {
        await using CoverServer server = await CoverServer.StartAsync(
            Answers.Body("<!DOCTYPE html><title>Not found</title>"u8.ToArray(), ("Content-Type", "image/jpeg")));
        using var covers = new TestCovers($"{server.Url}/{{id}}");

        byte[] bytes = (await covers.FetchAsync("a")).Bytes;

        Assert.Equal(FailureReason.UnsupportedFormat, ReasonOf(bytes));
    }

    [Theory]
    [InlineData(404)]
    [InlineData(410)]
    public async Task FetchAsync_ItIsNotThere_TriesTheNextLocation(int status)
    {
        await using CoverServer server = await CoverServer.StartAsync(Answers.InTurn(Answers.Status(status), Answers.Body(Cover)));
        using var covers = new TestCovers($"{server.Url}/first/{{id}}", $"{server.Url}/second/{{id}}");

        Assert.Equal(Cover, (await covers.FetchAsync("a")).Bytes);
        Assert.Equal(["/first/a", "/second/a"], server.Paths);
    }

    [Theory]
    [InlineData(404, FailureReason.NotFound)]
    [InlineData(410, FailureReason.NotFound)]
    [InlineData(401, FailureReason.Forbidden)]
    [InlineData(403, FailureReason.Forbidden)]
    [InlineData(400, FailureReason.Unreachable)]
    [InlineData(416, FailureReason.Unreachable)]
    [InlineData(304, FailureReason.Unreachable)]
    [InlineData(302, FailureReason.Unreachable)]
    public async Task FetchAsync_AnswersWhatDoesNotPass_FailsWithItsReasonAtOnce(int status, FailureReason reason)
    {
        await using CoverServer server = await CoverServer.StartAsync(
            context => { context.Response.StatusCode = status; return Task.CompletedTask; });
        using var covers = new TestCovers($"{server.Url}/{{id}}");

        Assert.Equal(reason, (await covers.FailAsync("a")).Reason);
        Assert.Equal(1, server.Requests);
    }

    [Fact]
    public async Task FetchAsync_SaysItIsTooLarge_FailsWithItsVersion()
    {
        await using CoverServer server = await CoverServer.StartAsync(Answers.Body(Cover));
        using var covers = new TestCovers($"{server.Url}/{{id}}") { Options = { Fetch = { MaxCoverBytes = 199 } } };

        CoverException error = await covers.FailAsync("a");

        Assert.Equal((FailureReason.TooLarge, 200), (error.Reason, error.Version?.Size));
    }

    [Fact]
    public async Task FetchAsync_BodyHasNoEnd_IsCutOffAsTooLarge()
    {
        await using CoverServer server = await CoverServer.StartAsync(Answers.Endless);
        using var covers = new TestCovers($"{server.Url}/{{id}}");

        Assert.Equal(FailureReason.TooLarge, (await covers.FailAsync("a")).Reason);
        Assert.Equal(1, server.Requests);
    }

    [Fact]
    public async Task FetchAsync_EncodedUnasked_FailsAsUnreachable()
    {
        string? asked = null;
        await using CoverServer server = await CoverServer.StartAsync(context =>
        {
            asked = context.Request.Headers.AcceptEncoding;
            return Answers.Body(Cover, ("Content-Encoding", "gzip"))(context);
        });
        using var covers = new TestCovers($"{server.Url}/{{id}}");

        CoverException error = await covers.FailAsync("a");

        Assert.Equal(
            (FailureReason.Unreachable, $"{server.Url}/a answered in the encoding gzip, which was not requested."),
            (error.Reason, error.Message));
        Assert.Equal("identity", asked);
    }

    [Theory]
    [InlineData("Identity")]
    [InlineData("IDENTITY, none")]
    [InlineData("none")]
    [InlineData("Binary")]
    [InlineData("aws-chunked")]
    [InlineData("AWS-Chunked")]
    public async Task FetchAsync_EncodingThatIsNone_ReadsTheBody(string encoding)
    {
        byte[] cover = [0xFF, 0xD8, 0xFF, 0xD9];
        await using CoverServer server = await CoverServer.StartAsync(Answers.Body(cover, ("Content-Encoding", encoding)));
        using var covers = new TestCovers($"{server.Url}/{{id}}");

        Assert.Equal(cover, (await covers.FetchAsync("a")).Bytes);
    }

    [Theory]
    [InlineData("identity, br", "br")]
    [InlineData("aws-chunked,gzip", "gzip")]
    [InlineData("deflate", "deflate")]
    [InlineData("aws-chunked", "aws-chunked")] // the body is in chunks still
    public async Task FetchAsync_EncodingOfOtherBytes_FailsAsUnreachable(string encoding, string named)
    {
        byte[] body = [.. "3;chunk-signature=ab\r\n"u8, 0xFF, 0xD8, 0xFF, .. "\r\n0;chunk-signature=cd\r\n\r\n"u8];
        await using CoverServer server = await CoverServer.StartAsync(Answers.Body(body, ("Content-Encoding", encoding)));
        using var covers = new TestCovers($"{server.Url}/{{id}}");

        CoverException error = await covers.FailAsync("a");

        Assert.Equal(
            (FailureReason.Unreachable, $"{server.Url}/a answered in the encoding {named}, which was not requested."),
            (error.Reason, error.Message));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(200)]
    [InlineData(999_999_999)]
    public async Task FetchAsync_LengthBesideChunks_ReadsTheChunks(int length)
    {
        byte[] body = [.. "c8\r\n"u8, .. Cover, .. "\r\n0\r\n\r\n"u8];
        await using CoverServer server = await CoverServer.StartRawAsync(
            Answers.Raw($"HTTP/1.1 200 OK\r\nContent-Length: {length}\r\nTransfer-Encoding: chunked\r\n\r\n", body));
        using var covers = new TestCovers($"{server.Url}/{{id}}");

        (byte[] bytes, CoverVersion version) = await covers.FetchAsync("a");

        Assert.Equal(Cover, bytes);
        Assert.Null(version.Size);
    }

    [Fact]
    public async Task FetchAsync_IdNamesNoCover_AsksNobody()
    {
        await using CoverServer server = await CoverServer.StartAsync(Answers.Body(Cover));
        using var covers = new TestCovers($"{server.Url}/{{id}}");

        Assert.Equal(FailureReason.InvalidId, (await covers.FailAsync("../admin")).Reason);
        Assert.Equal(0, server.Requests);
    }

    [Fact]
    public async Task FetchAsync_SelfSignedCertificate_FailsAtOnceAndSaysSo()
    {
        using var certificate = Certificates.SelfSigned();
        await using CoverServer server = await CoverServer.StartAsync(Answers.Body(Cover), certificate);
        using var covers = new TestCovers($"{server.Url}/{{id}}") { Clock = new HurriedClock(TimeSpan.FromSeconds(30)) };

        CoverException error = await covers.FailAsync("a");

        Assert.Equal(FailureReason.Unreachable, error.Reason);
        Assert.StartsWith($"{server.Url}/a could not be read: the secure connection failed: The remote certificate is invalid", error.Message);
        Assert.Empty(((HurriedClock)covers.Clock).Waits);
    }

    private static FailureReason ReasonOf(byte[] bytes)
    {
        var data = new NativeBuffer(bytes.Length);
        bytes.CopyTo(data.GetSpan());
        var version = new CoverVersion(bytes.Length, Modified: null, ETag: null);
        return Assert.Throws<CoverException>(
            () => Decoders.Of(new DecodeOptions()).Decode(new Cover(data, version, reservation: null))).Reason;
    }

    [Fact]
    public async Task FetchAsync_ServerSpeaksNoTls_IsUnreachable()
    {
        await using CoverServer server = await CoverServer.StartAsync(Answers.Body(Cover));
        string location = server.Url.Replace("http:", "https:", StringComparison.Ordinal);
        using var covers = new TestCovers($"{location}/{{id}}");

        CoverException error = await covers.FailAsync("a");

        Assert.Equal(FailureReason.Unreachable, error.Reason);
        Assert.StartsWith($"{location}/a could not be read: the secure connection failed: ", error.Message);
    }

    [Fact]
    public async Task FetchAsync_ServerClosesWithoutAnAnswer_SaysSo()
    {
        await using CoverServer server = await CoverServer.StartRawAsync(Answers.Raw("", []));
        using var covers = new TestCovers($"{server.Url}/{{id}}") { Options = { Fetch = { Retries = 0 } } };

        CoverException error = await covers.FailAsync("a");

        Assert.Equal(
            (FailureReason.Unreachable, $"{server.Url}/a could not be read: The response ended prematurely. (ResponseEnded)"),
            (error.Reason, error.Message));
    }

    [Fact]
    public async Task FetchAsync_IdWithAQuestionMark_IsShownAsItIsAskedFor()
    {
        await using CoverServer server = await CoverServer.StartAsync(Answers.Status(404));
        using var covers = new TestCovers($"{server.Url}/{{id}}");

        Assert.Equal($"There is no cover at {server.Url}/a%3Fb.", (await covers.FailAsync("a?b")).Message);
    }

    [Fact]
    public async Task FetchAsync_IdTooLongForAUrl_IsInvalidAndStands()
    {
        await using CoverServer server = await CoverServer.StartAsync(Answers.Body(Cover));
        using var covers = new TestCovers($"{server.Url}/{{id}}");
        string id = new('x', 70_000);

        CoverException first = await covers.FailAsync(id);
        bool isUnchanged = await covers.IsUnchangedAsync(id, new DeadLetter(first.Reason, 1, first.Version));

        Assert.Equal((FailureReason.InvalidId, true, 0), (first.Reason, isUnchanged, server.Requests));
    }

    [Theory]
    [InlineData("http://example.org/a", "example.org:80")]
    [InlineData("https://Example.org/a", "example.org:443")] // two servers, though a URL leaves both ports out
    [InlineData("https://[::1]:8443/a", "[::1]:8443")]
    public void Server_OfAUrl_IsHostAndPort(string url, string server) => Assert.Equal(server, HttpFailure.Server(new Uri(url)));
}
