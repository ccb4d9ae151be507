using System.Collections.Concurrent;
using Microsoft.AspNetCore.Connections;
using PaletteEtl.Catalogue;
using PaletteEtl.Model;

namespace Etl.Tests.Covers;

/// <summary>Headers of odd content: in answers, in stored dead letters, in redirects. Every character stands for one byte.</summary>
public sealed class HttpOddHeaderTests
{
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n";
    private const string NotModified = "HTTP/1.1 304 Not Modified\r\n\r\n";
    private const string Body = "\r\n\x01\x02\x03";

    private static readonly DateTimeOffset Modified = new(2015, 10, 21, 7, 28, 0, TimeSpan.Zero);

    private readonly ConcurrentQueue<string> _requests = new();

    [Theory]
    [InlineData("\"caf\u00e9\"")]
    [InlineData("\"caf\u00c3\u00a9\"")] // é in UTF-8
    [InlineData("\"\u0080\u009f\u00ff\"")]
    [InlineData("\"!#$%&'()*+,/:;<=>?@[\\]^`{|}~\"")]
    [InlineData("\"two words\"")]
    [InlineData("\"\"")]
    public async Task FetchAsync_TagOfAnyBytes_IsSentBackAsItCame(string tag)
    {
        await using CoverServer server = await CoverServer.StartRawAsync(InTurn($"{Ok}ETag: {tag}\r\n{Body}", NotModified));
        using var covers = new TestCovers($"{server.Url}/{{id}}");

        (_, CoverVersion version) = await covers.FetchAsync("a");
        bool isUnchanged = await covers.IsUnchangedAsync("a", Corrupt(version));

        Assert.Equal((tag, true), (version.ETag, isUnchanged));
        Assert.Equal([null, tag], _requests.Select(request => HeaderOf(request, "If-None-Match")));
    }

    [Theory]
    [InlineData("\"line\r\nbreak\"")]
    [InlineData("\"one\"\n")]
    [InlineData("\"control\u0001\"")]
    [InlineData("\"delete\u007f\"")]
    [InlineData("\"阿甘正传\"")]
    [InlineData("\"🎬\"")]
    [InlineData("\"o\"ne\"")]
    [InlineData("\"one\", \"two\"")]
    [InlineData("\"one")]
    [InlineData("one")]
    [InlineData("w/\"one\"")]
    [InlineData("*")]
    [InlineData("")]
    public async Task FetchAsync_StoredTagIsNone_IsLeftOutAndTheTimeAskedFor(string tag)
    {
        await using CoverServer server = await CoverServer.StartRawAsync(InTurn(Ok + Body));
        using var covers = new TestCovers($"{server.Url}/{{id}}");

        (byte[] bytes, _) = await covers.FetchAsync("a", Corrupt(new CoverVersion(3, Modified, tag)));

        Assert.Equal([1, 2, 3], bytes);
        Assert.Equal(
            (null, "Wed, 21 Oct 2015 07:28:00 GMT"),
            (HeaderOf(_requests.Single(), "If-None-Match"), HeaderOf(_requests.Single(), "If-Modified-Since")));
    }

    [Theory]
    [InlineData(1_024, true)]
    [InlineData(1_025, false)]
    public async Task FetchAsync_StoredTagIsLong_IsSentUpToALimit(int characters, bool isSent)
    {
        await using CoverServer server = await CoverServer.StartRawAsync(InTurn(Ok + Body));
        using var covers = new TestCovers($"{server.Url}/{{id}}");
        string tag = $"\"{new string('a', characters)}\"";

        await covers.FetchAsync("a", Corrupt(new CoverVersion(3, Modified: null, tag)));

        Assert.Equal(isSent ? tag : null, HeaderOf(_requests.Single(), "If-None-Match"));
    }

    [Fact]
    public async Task FetchAsync_StoredTagIsWeak_IsSentAsItIs()
    {
        await using CoverServer server = await CoverServer.StartRawAsync(InTurn(NotModified));
        using var covers = new TestCovers($"{server.Url}/{{id}}");

        Assert.True(await covers.IsUnchangedAsync("a", Corrupt(new CoverVersion(3, Modified, "W/\"caf\u00e9\""))));
        Assert.Equal("W/\"caf\u00e9\"", HeaderOf(_requests.Single(), "If-None-Match"));
    }

    [Theory]
    [InlineData("0001-01-01T00:00:00.0000000Z", "Mon, 01 Jan 0001 00:00:00 GMT")]
    [InlineData("1969-12-31T23:59:59.9999999Z", "Wed, 31 Dec 1969 23:59:59 GMT")]
    [InlineData("9999-12-31T23:59:59.9999999Z", null)]
    [InlineData("2999-01-01T00:00:00.0000000Z", null)]
    public async Task FetchAsync_StoredTimeIsOdd_IsAskedForUnlessInTheFuture(string modified, string? asked)
    {
        await using CoverServer server = await CoverServer.StartRawAsync(InTurn(Ok + Body));
        using var covers = new TestCovers($"{server.Url}/{{id}}");

        (byte[] bytes, _) = await covers.FetchAsync("a", Corrupt(new CoverVersion(3, CatalogueTime.Parse(modified), ETag: null)));

        Assert.Equal([1, 2, 3], bytes);
        Assert.Equal(asked, HeaderOf(_requests.Single(), "If-Modified-Since"));
    }

    [Theory]
    [InlineData("Last-Modified: Fri, 31 Dec 9999 23:59:59 GMT", "9999-12-31T23:59:59.0000000Z", null)]
    [InlineData("Last-Modified: Mon, 01 Jan 0001 00:00:00 GMT", "0001-01-01T00:00:00.0000000Z", null)]
    [InlineData("Last-Modified: Fri, 31 Dec 9999 23:59:59 -0700", null, null)]
    [InlineData("Last-Modified: gestern fr\u00fch", null, null)]
    [InlineData("ETag: caf\u00e9", null, null)]
    [InlineData("ETag: W/\"caf\u00e9\"", null, "\"caf\u00e9\"")]
    [InlineData("Content-Type: image/jp\u00e9g", null, null)]
    [InlineData("Retry-After: sp\u00e4ter", null, null)]
    public async Task FetchAsync_AnswerHasAnOddHeader_ReadsTheBody(string header, string? modified, string? tag)
    {
        await using CoverServer server = await CoverServer.StartRawAsync(InTurn($"{Ok}{header}\r\n{Body}"));
        using var covers = new TestCovers($"{server.Url}/{{id}}");

        (byte[] bytes, CoverVersion version) = await covers.FetchAsync("a");

        Assert.Equal([1, 2, 3], bytes);
        Assert.Equal(new CoverVersion(3, CatalogueTime.Parse(modified), tag), version);
    }

    [Theory]
    [InlineData("/caf\u00c3\u00a9/b", "/caf%C3%A9/b")] // é in UTF-8
    [InlineData("/caf\u00e9", "/caf%C3%A9")]
    [InlineData("b?\u00e9=1", "/x/b?%C3%A9=1")]
    public async Task FetchAsync_RedirectIsNotAscii_IsFollowed(string location, string path)
    {
        await using CoverServer server = await CoverServer.StartRawAsync(
            InTurn($"HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n", Ok + Body));
        using var covers = new TestCovers($"{server.Url}/x/{{id}}");

        Assert.Equal([1, 2, 3], (await covers.FetchAsync("a")).Bytes);
        Assert.Equal($"GET {path} HTTP/1.1", _requests.Last().Split("\r\n")[0]);
    }

    [Theory]
    [InlineData("größe/{id}.jpg", "阿", "/gr%C3%B6%C3%9Fe/%E9%98%BF.jpg")]
    [InlineData("{id}?név={id}", "🎬 %", "/%F0%9F%8E%AC%20%25?n%C3%A9v=%F0%9F%8E%AC%20%25")]
    public async Task FetchAsync_UrlIsNotAscii_IsEscaped(string template, string id, string path)
    {
        await using CoverServer server = await CoverServer.StartRawAsync(InTurn(Ok + Body));
        using var covers = new TestCovers($"{server.Url}/{template}");

        Assert.Equal([1, 2, 3], (await covers.FetchAsync(id)).Bytes);
        Assert.Equal($"GET {path} HTTP/1.1", _requests.Single().Split("\r\n")[0]);
    }

    private static DeadLetter Corrupt(CoverVersion version) => new(FailureReason.Corrupt, Attempts: 1, version);

    private static string? HeaderOf(string request, string name) =>
        request.Split("\r\n").SingleOrDefault(line => line.StartsWith($"{name}: ", StringComparison.Ordinal))?[(name.Length + 2)..];

    /// <summary>One answer a connection, in order.</summary>
    private ConnectionDelegate InTurn(params string[] answers)
    {
        int asked = -1;
        return connection => Answers.Raw(answers[Interlocked.Increment(ref asked)], [], _requests.Enqueue)(connection);
    }
}
