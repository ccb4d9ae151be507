using System.Net;
using System.Net.Sockets;
using Etl.Host.Commands;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using PaletteEtl.Covers.Http;
using PaletteEtl.Hosting;
using PaletteEtl.Model;

namespace Etl.IntegrationTests.Commands;

public sealed class ImageReaderTests : IDisposable
{
    private readonly EtlOptions _options = new() { Fetch = { Retries = 0 } };
    private readonly FakeTimeProvider _clock = new();
    private readonly ServiceProvider _services;

    public ImageReaderTests() => _services = new ServiceCollection()
        .AddSingleton(Options.Create(_options))
        .AddSingleton<TimeProvider>(_clock)
        .AddCoverClient()
        .BuildServiceProvider();

    public void Dispose() => _services.Dispose();

    [Fact]
    public async Task Read_StandardInput_GivesItsPalette()
    {
        ImageResult image = await ReadAsync("-");

        Assert.Null(image.Failure);
        Assert.Equal(new PaletteExtractor().Extract(Posters.Png()), image.Palette);
    }

    [Fact]
    public async Task Read_Url_GivesItsPalette()
    {
        ImageResult image = await ReadAsync(Answers.Body(Posters.Png()));

        Assert.Null(image.Failure);
        Assert.Equal(new PaletteExtractor().Extract(Posters.Png()), image.Palette);
    }

    [Theory]
    [InlineData(404, FailureReason.NotFound)]
    [InlineData(410, FailureReason.NotFound)]
    [InlineData(403, FailureReason.Forbidden)]
    [InlineData(401, FailureReason.Forbidden)]
    [InlineData(500, FailureReason.Unreachable)]
    [InlineData(204, FailureReason.Empty)]
    public async Task Read_ServerAnswersOtherwise_FailsWithItsReason(int status, FailureReason reason)
    {
        ImageResult image = await ReadAsync(context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        });

        Assert.Equal(reason, image.Failure?.Reason);
    }

    [Fact]
    public async Task Read_NoServer_FailsAsUnreachable()
    {
        using var silent = new Socket(SocketType.Stream, ProtocolType.Tcp); // has a port and does not listen
        silent.Bind(new IPEndPoint(IPAddress.Loopback, port: 0));

        ImageResult image = await ReadAsync($"http://{silent.LocalEndPoint}/a.png");

        Assert.Equal(FailureReason.Unreachable, image.Failure?.Reason);
    }

    [Fact]
    public async Task Read_UserAndPasswordInTheUrl_AreRefused()
    {
        ImageResult image = await ReadAsync("http://user:s3cret@127.0.0.1/a.png");

        Assert.Equal(FailureReason.Forbidden, image.Failure?.Reason);
        Assert.DoesNotContain("s3cret", image.Failure!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("none.png")]
    [InlineData("none/none.png")]
    [InlineData("--")]
    [InlineData("-")]
    [InlineData("two\0names")]
    public async Task Read_ListedNameOfNoFile_FailsAsNotFound(string name)
    {
        ImageResult image = await ReadAsync(new ImageSource(name));

        Assert.Equal((name, FailureReason.NotFound), (image.Source, image.Failure?.Reason));
    }

    [Theory]
    [InlineData("poster.png")]
    [InlineData("a poster #1 %41.png")]
    [InlineData("größe.png")]
    public async Task Read_FileUrl_GivesThePaletteOfTheFile(string name)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("etl-image-");
        try
        {
            string path = Path.Combine(folder.FullName, name);
            await File.WriteAllBytesAsync(path, Posters.Png(), TestContext.Current.CancellationToken);
            string url = $"file://{(OperatingSystem.IsWindows() ? "/" : "")}{path.Replace('\\', '/').Replace("%", "%25", StringComparison.Ordinal)
                .Replace("#", "%23", StringComparison.Ordinal).Replace(" ", "%20", StringComparison.Ordinal)}";

            foreach (string form in (string[])[url, url.Replace("file://", "FILE://localhost", StringComparison.Ordinal)])
            {
                ImageResult image = await ReadAsync(form);

                Assert.Null(image.Failure);
                Assert.Equal(form, image.Source);
                Assert.Equal(new PaletteExtractor().Extract(Posters.Png()), image.Palette);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("file:///none/x.jpg", "There is no such file.")]
    [InlineData("file://server/x.jpg", "The URL is malformed, or names another computer. Write it as file:///path.")]
    [InlineData("file:x.jpg", "The URL is malformed, or names another computer. Write it as file:///path.")]
    [InlineData("http:/x", "The URL is malformed. Write it as https://host/path.")]
    [InlineData("http:x", "The URL is malformed. Write it as https://host/path.")]
    [InlineData("https://", "The URL is malformed. Write it as https://host/path.")]
    [InlineData("http://a b/x", "The URL is malformed. Write it as https://host/path.")]
    [InlineData("htp://x", "URLs of the scheme htp: are not supported. Give a file, or a URL that begins with http://, https:// or file:///.")]
    [InlineData("ftp://example.org/x.jpg", "URLs of the scheme ftp: are not supported. Give a file, or a URL that begins with http://, https:// or file:///.")]
    [InlineData("data:image/png;base64,AA", "URLs of the scheme data: are not supported. Give a file, or a URL that begins with http://, https:// or file:///.")]
    [InlineData("c:/none.jpg", "There is no such file.")]
    [InlineData("Movie: the end.jpg", "There is no such file.")]
    public async Task Read_UrlThatCannotBeRead_SaysWhy(string name, string message)
    {
        ImageResult image = await ReadAsync(name);

        Assert.Equal((FailureReason.NotFound, message), (image.Failure?.Reason, image.Failure?.Message));
    }

    [Fact]
    public async Task Read_NameLongerThanAnyFile_FailsAsNotFound()
    {
        ImageResult image = await ReadAsync(new ImageSource(new string('a', 5_000)));

        Assert.Equal(FailureReason.NotFound, image.Failure?.Reason);
    }

    [Theory]
    [InlineData("data/{id}.jpg", true)]
    [InlineData("SERVER/{id}.jpg", true)]
    [InlineData("SERVER", true)]
    [InlineData("http://127.0.0.2:1/{id}.jpg", false)]
    public async Task Read_HeadersAreConfigured_GoToTheServersOfTheLocationsAlone(string location, bool sent)
    {
        string? header = null;
        await using CoverServer server = await CoverServer.StartAsync(context =>
        {
            header = context.Request.Headers["X-Key"];
            return Answers.Body(Posters.Png())(context);
        });
        _options.Fetch.Headers = new Dictionary<string, string> { ["X-Key"] = "s3cret" };
        _options.Fetch.Locations = [location.Replace("SERVER", server.Url, StringComparison.Ordinal)];

        ImageResult image = await ReadAsync($"{server.Url}/a.png");

        Assert.Null(image.Failure);
        Assert.Equal(sent ? "s3cret" : null, header);
    }

    [Fact]
    public async Task Read_MoreBytesThanAllowed_FailsAsTooLarge()
    {
        _options.Fetch.MaxCoverBytes = 100;

        ImageResult image = await ReadAsync(Answers.Chunks(new byte[101]));

        Assert.Equal(FailureReason.TooLarge, image.Failure?.Reason);
    }

    [Fact]
    public async Task Read_ServerStandsStill_FailsAsTimeout()
    {
        ImageResult image = await ReadAsync(context =>
        {
            _clock.Advance(TimeSpan.FromMinutes(1)); // once asked
            return Answers.StandStill([], length: 0)(context);
        });

        Assert.Equal(FailureReason.Timeout, image.Failure?.Reason);
    }

    private async Task<ImageResult> ReadAsync(RequestDelegate answer)
    {
        await using CoverServer server = await CoverServer.StartAsync(answer);
        return await ReadAsync($"{server.Url}/poster.png");
    }

    private Task<ImageResult> ReadAsync(string name) => ReadAsync(ImageSource.OfArgument(name));

    private async Task<ImageResult> ReadAsync(ImageSource source)
    {
        var reader = new ImageReader(
            new PaletteExtractor(_options),
            _services.GetRequiredService<CoverClient>(),
            () => new MemoryStream(Posters.Png()),
            _clock);
        return await reader.ReadAsync(source, TestContext.Current.CancellationToken)
            .WaitAsync(TestTimeout, TestContext.Current.CancellationToken);
    }
}
