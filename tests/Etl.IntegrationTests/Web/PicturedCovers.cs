using System.Globalization;
using Etl.IntegrationTests.Run;
using Microsoft.AspNetCore.Http;

namespace Etl.IntegrationTests.Web;

/// <summary>A web server for pictures of the page: about as fast as one far away, without some of the covers, and down when that is pictured.</summary>
internal sealed class PicturedCovers : IAsyncDisposable
{
    private readonly string[] _covers;
    private CoverServer? _server;

    private PicturedCovers(TestCatalogue catalogue) => _covers = catalogue.CoverPaths;

    /// <summary>Mean time of a response.</summary>
    public TimeSpan Latency { get; set; } = TimeSpan.FromMilliseconds(280);

    /// <summary>Movies from this number on have no cover, up to <see cref="MissingTo"/>.</summary>
    public int MissingFrom { get; set; } = int.MaxValue;

    public int MissingTo { get; set; } = int.MaxValue;

    public string Location => $"{Url}/{{id}}.jpg";

    private string Url { get; set; } = "";

    public static async Task<PicturedCovers> StartAsync(TestCatalogue catalogue)
    {
        var covers = new PicturedCovers(catalogue);
        await covers.UpAsync();
        return covers;
    }

    /// <summary>Starts the server, again at its port.</summary>
    public async Task UpAsync()
    {
        _server = await CoverServer.StartAsync(AnswerAsync, port: Url.Length > 0 ? new Uri(Url).Port : 0);
        Url = _server.Url;
    }

    /// <summary>Ends the server: connections are refused.</summary>
    public async Task DownAsync()
    {
        await _server!.DisposeAsync();
        _server = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await DownAsync();
        }
    }

    private async Task AnswerAsync(HttpContext context)
    {
        int number = int.Parse(Path.GetFileNameWithoutExtension(context.Request.Path.Value!), CultureInfo.InvariantCulture);
        double wave = Math.Sin(Environment.TickCount64 / 15_000.0);
        await Task.Delay(Latency * (0.8 + (0.4 * wave) + (number % 37 * 0.02)), context.RequestAborted);
        await (number % 499 == 0 || (number >= MissingFrom && number < MissingTo)
            ? Answers.Status(404)
            : Answers.Body(await File.ReadAllBytesAsync(_covers[number % _covers.Length], context.RequestAborted)))(context);
    }
}
