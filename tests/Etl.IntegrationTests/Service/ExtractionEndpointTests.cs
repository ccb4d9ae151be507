using System.Net;
using System.Text.Json;
using PaletteEtl.Hosting;

namespace Etl.IntegrationTests.Service;

/// <summary><c>POST /api/palettes</c> of the real service.</summary>
public sealed class ExtractionEndpointTests(EndpointService endpoint) : IClassFixture<EndpointService>
{
    private readonly ServiceProcess _service = endpoint.Service;

    [Fact]
    public async Task Post_Image_AnswersItsPaletteAndColumns()
    {
        (HttpStatusCode status, JsonElement image) = await PostAsync(new ByteArrayContent(Asset.Bytes("rgba.png")));

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("-", image.GetProperty("source").GetString());
        Assert.Equal(
            new PaletteExtractor().Extract(Asset.Bytes("rgba.png")).ToJson().Replace(" ", "", StringComparison.Ordinal),
            image.GetProperty("palette").GetRawText());
        Assert.Equal(JsonValueKind.Object, image.GetProperty("columns").ValueKind);
    }

    [Fact]
    public async Task Post_Movie_AnswersThePaletteThatItsRowHas()
    {
        string id = endpoint.Catalogue.GoodMovie;
        using var nothing = new ByteArrayContent([]);

        (HttpStatusCode status, JsonElement image) = await PostAsync(nothing, $"?id={id}");

        Assert.Equal((HttpStatusCode.OK, id), (status, image.GetProperty("source").GetString()));
        Assert.Equal(
            endpoint.Catalogue.Text($"SELECT palette_json FROM movies WHERE id = '{id}'").Replace(" ", "", StringComparison.Ordinal),
            image.GetProperty("palette").GetRawText());
    }

    [Theory]
    [InlineData("hello", "", HttpStatusCode.UnprocessableEntity, "unsupported_format: ")]
    [InlineData("", "", HttpStatusCode.UnprocessableEntity, "empty: ")]
    [InlineData("", "?id=unknown", HttpStatusCode.NotFound, "The movie does not exist.")]
    public async Task Post_NoImage_IsAProblemWithTheReason(string body, string query, HttpStatusCode status, string title)
    {
        using var content = new StringContent(body);

        (HttpStatusCode answered, JsonElement problem) = await PostAsync(content, query);

        Assert.Equal(status, answered);
        Assert.StartsWith(title, problem.GetProperty("title").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_TwoMegabytes_AreReadAndMoreThanACoverMayHaveAreNot()
    {
        using var two = new ByteArrayContent(new byte[2 << 20]);
        using var seventeen = new ByteArrayContent(new byte[17 << 20]);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await PostAsync(two)).Status);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await PostAsync(seventeen)).Status);
    }

    [Fact]
    public async Task Post_WithoutTheKeyOrFromAnotherOrigin_IsRefused()
    {
        using var image = new ByteArrayContent(Asset.Bytes("rgba.png"));

        Assert.Equal(HttpStatusCode.Unauthorized, (await PostAsync(image, key: "another-key-of-16+")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(image, origin: "http://example.org")).Status);
    }

    [Fact]
    public async Task Post_MoreAtOnceThanCores_IsRefusedUntilOneEnds()
    {
        PendingContent[] pending = [.. Enumerable.Range(0, Environment.ProcessorCount).Select(static _ => new PendingContent())];
        Task<(HttpStatusCode Status, JsonElement)>[] open = [.. pending.Select(body => PostAsync(body))];
        await Task.WhenAll(pending.Select(static body => body.Begun));
        using var image = new ByteArrayContent(Asset.Bytes("rgba.png"));

        // The service may not have begun to read a body that has been sent.
        await Eventually.Holds(async () => (await PostAsync(image)).Status == HttpStatusCode.TooManyRequests);
        Array.ForEach(pending, static body => body.End());
        Assert.All(await Task.WhenAll(open).WaitAsync(TestTimeout), static answer => Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status));
        await Eventually.Holds(async () => (await PostAsync(image)).Status == HttpStatusCode.OK);
        Array.ForEach(pending, static body => body.Dispose());
    }

    private async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(
        HttpContent content, string query = "", string key = EndpointService.Key, string? origin = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/palettes{query}") { Content = content };
        request.Headers.ExpectContinue = true; // a body that is refused is not sent
        request.Headers.Add(EndpointService.KeyHeader, key);
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        using HttpResponseMessage answer = await _service.Client.SendAsync(request);
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        request.Content = null; // the test's, which may send it again
        return (answer.StatusCode, body.RootElement.Clone());
    }
}
