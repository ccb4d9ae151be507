using PaletteEtl.Model;

namespace Etl.Tests.Covers;

/// <summary>Covers at the locations that a catalogue has.</summary>
public sealed class CoverColumnTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Theory]
    [InlineData("a/b.jpg")]
    [InlineData("/a/b.jpg")]
    [InlineData("./a//b.jpg")]
    public async Task FetchAsync_RelativeLocation_IsReadBelowTheFolder(string location)
    {
        _folder.Write("covers/a/b.jpg", [7]);
        using var covers = new TestCovers(_folder["covers/{cover}"]);

        Assert.Equal([7], (await covers.FetchAsync(At(location))).Bytes);
    }

    [Fact]
    public async Task FetchAsync_AbsolutePathBelowTheFolder_IsRead()
    {
        string path = _folder.Write("covers/a/b.jpg", [7]);
        using var covers = new TestCovers(_folder["covers/{cover}"], _folder["covers/{cover}.*"]);

        Assert.Equal([7], (await covers.FetchAsync(At(path))).Bytes);
        Assert.Equal([7], (await covers.FetchAsync(At(path[..^4]))).Bytes);
    }

    [Fact]
    public async Task FetchAsync_AbsolutePathElsewhere_OpensNothing()
    {
        string secret = _folder.Write("secret/b.jpg", [42]);
        _folder.Write("covers2/b.jpg", [42]);
        _folder.Write("covers/x.jpg", [1]);
        using var covers = new TestCovers(_folder["covers/{cover}"]);

        Assert.Equal(FailureReason.NotFound, (await covers.FailAsync(At(secret))).Reason);
        Assert.Equal(FailureReason.NotFound, (await covers.FailAsync(At(_folder["covers2/b.jpg"]))).Reason);
        Assert.Equal(FailureReason.Forbidden, (await covers.FailAsync(At(_folder["covers/../secret/b.jpg"]))).Reason);
    }

    [Fact]
    public async Task FetchAsync_LinkOutOfTheFolder_IsForbidden()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a privilege there.");
        _folder.Write("secret/a.jpg", [42]);
        _folder.Write("covers/x.jpg", [1]);
        Directory.CreateSymbolicLink(_folder["covers/away"], _folder["secret"]);
        using var covers = new TestCovers(_folder["covers/{cover}"]);

        Assert.Equal(FailureReason.Forbidden, (await covers.FailAsync(At("away/a.jpg"))).Reason);
    }

    [Fact]
    public async Task FetchAsync_RefusedLocation_IsTriedAgainOnceItIsCorrected()
    {
        _folder.Write("covers/a.jpg", [7]);
        using var covers = new TestCovers(_folder["covers/{cover}"]);

        CoverException error = await covers.FailAsync(At("a.jpg\n"));
        var previous = new DeadLetter(error.Reason, Attempts: 1, error.Version);

        Assert.Equal(FailureReason.Forbidden, error.Reason);
        Assert.EndsWith("cannot be used in a path or URL. Remove the white space around it.", error.Message, StringComparison.Ordinal);
        Assert.Equal([7], (await covers.FetchAsync(At("a.jpg") with { Previous = previous })).Bytes);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task FetchAsync_NoLocation_IsNotFoundAndSaysWhy(string? location)
    {
        using var covers = new TestCovers("https://example.org/{cover}?token=s3cret");

        CoverException error = await covers.FailAsync(At(location));

        Assert.Equal(FailureReason.NotFound, error.Reason);
        Assert.Equal("There is no cover at https://example.org/{cover}?… (the movie has no value of Etl:Query:CoverColumn).", error.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("https://evil.org/7.jpg")]
    [InlineData("../7.jpg")]
    public async Task FetchAsync_NoUsableLocation_TriesTheLocationsOfTheId(string location)
    {
        _folder.Write("7.jpg", [7]);
        using var covers = new TestCovers("https://example.org/{cover}", _folder["{id}.jpg"]);

        Assert.Equal([7], (await covers.FetchAsync(At(location))).Bytes);
    }

    [Fact]
    public async Task FetchAsync_UrlOfTheSecondServer_IsRequestedThereOnly()
    {
        await using CoverServer first = await CoverServer.StartAsync(Answers.Body([1]));
        await using CoverServer second = await CoverServer.StartAsync(Answers.Body([2]));
        using var covers = new TestCovers($"{first.Url}/{{cover}}", $"{second.Url}/{{cover}}");

        byte[] bytes = (await covers.FetchAsync(At($"{second.Url}/a%20b.jpg"))).Bytes;

        Assert.Equal([2], bytes);
        Assert.Equal((0, 1), (first.Requests, second.Requests));
        Assert.Equal(["/a b.jpg"], second.Paths);
    }

    [Fact]
    public async Task FetchAsync_UrlOfAServerThatIsNotConfigured_IsNotRequested()
    {
        await using CoverServer configured = await CoverServer.StartAsync(Answers.Body([1]));
        await using CoverServer other = await CoverServer.StartAsync(Answers.Body([2]));
        using var covers = new TestCovers($"{configured.Url}/{{cover}}");

        Assert.Equal(FailureReason.Forbidden, (await covers.FailAsync(At($"{other.Url}/a.jpg"))).Reason);
        Assert.Equal((0, 0), (configured.Requests, other.Requests));
    }

    [Fact]
    public async Task FetchAsync_LocationIsTooLongForAFile_IsForbidden()
    {
        _folder.Write("x.jpg", [1]);
        using var covers = new TestCovers(_folder["{cover}"]);

        CoverException error = await covers.FailAsync(At(new string('a', 5_000)));

        Assert.Equal((FailureReason.Forbidden, "The location of the cover is too long for a file's name."), (error.Reason, error.Message));
    }

    [Fact]
    public async Task FetchAsync_NearMiss_IsNamed()
    {
        string there = _folder.Write("a.png", [1]);
        using var covers = new TestCovers(_folder["{cover}"]);

        CoverException error = await covers.FailAsync(At("a.jpg"));

        Assert.Equal(
            $"There is no cover at {_folder["a.jpg"]}, but there is {there}. Rename it, or change the movie's row or Etl:Fetch:Locations.", error.Message);
    }

    public void Dispose() => _folder.Dispose();

    private static Movie At(string? location) => new(default, new MovieId(7L)) { Location = location };
}
