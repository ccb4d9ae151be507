using System.Net;
using System.Text.Json;
using Etl.IntegrationTests.Run;
using Etl.IntegrationTests.Service;

namespace Etl.IntegrationTests.Explain;

/// <summary><c>/api/explain</c> of the real service.</summary>
public sealed class ServedExplainTests(EndpointService endpoint) : IClassFixture<EndpointService>
{
    private readonly TestCatalogue _catalogue = endpoint.Catalogue;
    private readonly ServiceProcess _service = endpoint.Service;

    [Fact]
    public async Task Explain_Palette_IsTheObjectOfTheCommand()
    {
        string id = _catalogue.GoodMovie;

        JsonElement served = await _service.GetAsync($"/api/explain?id={id}");
        EtlOutput command = await EtlCommand.RunAsync(["explain", id, "--json", .. _catalogue.WholeSettings]);

        using var printed = JsonDocument.Parse(command.Output);
        Assert.Equal(WithoutTimes(printed.RootElement), WithoutTimes(served));
        Assert.Equal("leave", served.GetProperty("items")[0].GetProperty("nextRun").GetProperty("action").GetString());
    }

    [Fact]
    public async Task Explain_DeadLetterThatStands_HasTheTimeOfTheNextTry()
    {
        string id = _catalogue.Text("SELECT movie_id FROM etl_dead_letters");

        JsonElement letter = (await _service.GetAsync($"/api/explain?id={id}")).GetProperty("items")[0].GetProperty("deadLetter");
        JsonElement listed = (await _service.GetAsync("/api/dead-letters")).GetProperty("items").EnumerateArray()
            .Single(item => item.GetProperty("id").GetString() == id);

        Assert.Equal(listed.GetRawText(), letter.GetRawText());
    }

    [Theory]
    [InlineData("/api/explain?id=unknown", HttpStatusCode.NotFound)]
    [InlineData("/api/explain?id=", HttpStatusCode.NotFound)]
    [InlineData("/api/explain", HttpStatusCode.BadRequest)]
    public async Task Explain_NoMovie_IsAProblem(string path, HttpStatusCode status) => Assert.Equal(status, await _service.StatusOfAsync(path));

    [Fact]
    public async Task Explain_ManyAtOnce_AreAllAnswered()
    {
        string id = _catalogue.GoodMovie;

        JsonElement[] explained = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => _service.GetAsync($"/api/explain?id={id}")));

        Assert.All(explained, one => Assert.Equal(WithoutTimes(explained[0]), WithoutTimes(one)));
    }

    /// <summary>The rows without the times of the stages, which differ each time.</summary>
    private static string WithoutTimes(JsonElement explanation) => string.Join(
        '\n',
        explanation.GetProperty("items")[0].EnumerateObject()
            .SelectMany(static property => property.Name == "extraction" ? [.. property.Value.EnumerateObject()] : new[] { property })
            .Where(static property => !property.Name.EndsWith("Seconds", StringComparison.Ordinal))
            .Select(static property => $"{property.Name}: {property.Value.GetRawText()}"));
}
