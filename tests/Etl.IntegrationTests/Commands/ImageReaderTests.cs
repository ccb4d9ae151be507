using System.Net;
using Etl.Host.Commands;
using Etl.Pipeline;
using Microsoft.Extensions.Time.Testing;

namespace Etl.IntegrationTests.Commands;

public sealed class ImageReaderTests
{
    private const string Url = "https://covers.test/poster.png";

    [Fact]
    public async Task Read_StandardInput_GivesItsPalette()
    {
        using HttpClient client = Answering(_ => throw new InvalidOperationException("No server is asked."));
        var reader = new ImageReader(new PaletteExtractor(), client, () => new MemoryStream(Posters.Png()), TimeProvider.System);

        ImageResult image = await reader.ReadAsync("-");

        Assert.Null(image.Failure);
        Assert.Equal(new PaletteExtractor().Extract(Posters.Png()), image.Palette);
    }

    [Fact]
    public async Task Read_Url_GivesItsPalette()
    {
        ImageResult image = await ReadAsync(_ => new HttpResponseMessage { Content = new ByteArrayContent(Posters.Png()) });

        Assert.Null(image.Failure);
        Assert.Equal(new PaletteExtractor().Extract(Posters.Png()), image.Palette);
    }

    [Theory]
    [InlineData(HttpStatusCode.NotFound, FailureReason.NotFound)]
    [InlineData(HttpStatusCode.Gone, FailureReason.NotFound)]
    [InlineData(HttpStatusCode.Forbidden, FailureReason.Forbidden)]
    [InlineData(HttpStatusCode.Unauthorized, FailureReason.Forbidden)]
    [InlineData(HttpStatusCode.InternalServerError, FailureReason.Unreachable)]
    [InlineData(HttpStatusCode.NoContent, FailureReason.Empty)]
    public async Task Read_ServerAnswersOtherwise_FailsWithItsReason(HttpStatusCode status, FailureReason reason)
    {
        ImageResult image = await ReadAsync(_ => new HttpResponseMessage(status));

        Assert.Equal(reason, image.Failure?.Reason);
    }

    [Fact]
    public async Task Read_NoServer_FailsAsUnreachable()
    {
        ImageResult image = await ReadAsync(_ => throw new HttpRequestException("No such host."));

        Assert.Equal(FailureReason.Unreachable, image.Failure?.Reason);
    }

    [Fact]
    public async Task Read_MoreBytesThanAllowed_FailsAsTooLarge()
    {
        var options = new EtlOptions { Fetch = { MaxCoverBytes = 100 } };

        ImageResult image = await ReadAsync(
            _ => new HttpResponseMessage { Content = new ByteArrayContent(new byte[101]) }, new PaletteExtractor(options));

        Assert.Equal(FailureReason.TooLarge, image.Failure?.Reason);
    }

    [Fact]
    public async Task Read_ServerStandsStill_FailsAsTimeout()
    {
        var clock = new FakeTimeProvider();
        using var client = new HttpClient(new SilentServer(clock));
        var reader = new ImageReader(new PaletteExtractor(), client, () => Stream.Null, clock);

        ImageResult image = await reader.ReadAsync(Url)
            .WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        Assert.Equal(FailureReason.Timeout, image.Failure?.Reason);
    }

    private static async Task<ImageResult> ReadAsync(
        Func<HttpRequestMessage, HttpResponseMessage> answer, PaletteExtractor? extractor = null)
    {
        using HttpClient client = Answering(answer);
        var reader = new ImageReader(extractor ?? new PaletteExtractor(), client, () => Stream.Null, TimeProvider.System);
        return await reader.ReadAsync(Url);
    }

    private static HttpClient Answering(Func<HttpRequestMessage, HttpResponseMessage> answer) => new(new Server(answer));

    private sealed class Server(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(answer(request));
    }

    /// <summary>Never answers; once asked, a minute passes.</summary>
    private sealed class SilentServer(FakeTimeProvider clock) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            clock.Advance(TimeSpan.FromMinutes(1));
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            throw new InvalidOperationException("The wait has no end but its cancellation.");
        }
    }
}
