using PaletteEtl.Covers;
using PaletteEtl.Covers.Http;
using PaletteEtl.Model;

namespace Etl.Tests.Covers;

/// <summary>When no location can be used, a failure says so. With one worker and no retries two failures open the breaker of a server.</summary>
public sealed class OutageCauseTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly HurriedClock _clock = new(new FetchOptions().AttemptTimeout);

    [Fact]
    public async Task FetchAsync_FolderDoesNotExist_IsAnOutageUntilItDoes()
    {
        using var covers = new TestCovers(_folder["covers/{id}.jpg"]);

        CoverException gone = await covers.FailAsync("a");
        _folder.Write("covers/b.jpg", [1]);
        CoverException missing = await covers.FailAsync("a");

        Assert.Equal((FailureReason.NotFound, $"the folder {_folder["covers"]} does not exist"), (gone.Reason, gone.Outage));
        Assert.Equal((FailureReason.NotFound, null), (missing.Reason, missing.Outage));
    }

    [Fact]
    public async Task FetchAsync_FolderIsEmpty_IsAnOutageUntilItHasCovers()
    {
        Directory.CreateDirectory(_folder["covers"]);
        using var covers = new TestCovers(_folder["covers/{id}.jpg"]);

        CoverException before = await covers.FailAsync("a");
        string path = _folder.Write("covers/a.jpg", [1]);
        await covers.FetchAsync("a");
        CoverException other = await covers.FailAsync("b");
        File.Delete(path);
        CoverException after = await covers.FailAsync("a");

        string problem = $"the folder {_folder["covers"]} is empty";
        Assert.Equal((problem, null, problem), (before.Outage, other.Outage, after.Outage));
    }

    [Fact]
    public async Task FetchAsync_OneOfTwoFoldersExists_IsNoOutage()
    {
        _folder.Write("covers/b.jpg", [1]);
        using var covers = new TestCovers(_folder["gone/{id}.jpg"], _folder["covers/{id}.jpg"]);

        Assert.Null((await covers.FailAsync("a")).Outage);
    }

    [Fact]
    public async Task FetchAsync_NoFolderExists_NamesEach()
    {
        using var covers = new TestCovers(_folder["one/{id}.jpg"], _folder["two/{id}.jpg"], _folder["two/{id}.png"]);

        CoverException error = await covers.FailAsync("a");

        Assert.Equal($"the folder {_folder["one"]} does not exist, and the folder {_folder["two"]} does not exist", error.Outage);
    }

    [Fact]
    public async Task FetchAsync_FileIsBroken_IsNoOutage()
    {
        _folder.Write("covers/a.jpg", []);
        using var covers = new TestCovers(_folder["covers/{id}.jpg"]);

        Assert.Null((await covers.FailAsync("a")).Outage);
    }

    [Fact]
    public async Task FetchAsync_ServerKeepsFailing_IsAnOutageOnceTheBreakerIsOpen()
    {
        await using CoverServer server = await CoverServer.StartAsync(
            Answers.InTurn(Answers.Status(500), Answers.Status(500), Answers.Status(500), Answers.Status(404)));
        using TestCovers covers = CoversAt(server);

        CoverException first = await covers.FailAsync("a");
        CoverException second = await covers.FailAsync("b");
        CoverException unasked = await covers.FailAsync("c");
        _clock.Advance(CoverClient.Rest);
        CoverException asked = await covers.FailAsync("d");
        _clock.Advance(CoverClient.Rest);
        CoverException missing = await covers.FailAsync("e");

        string cause = $"the server {server.Url["http://".Length..]} keeps failing";
        Assert.Equal([null, cause, cause, cause, null], new[] { first, second, unasked, asked, missing }.Select(static error => error.Outage));
        Assert.Equal([true, true, false, true, false], new[] { first, second, unasked, asked, missing }.Select(static error => error.IsAnswered));
    }

    [Fact]
    public async Task FetchAsync_NoConnection_IsAnOutageAtOnce()
    {
        string url;
        await using (CoverServer server = await CoverServer.StartAsync(Answers.Status(404)))
        {
            url = server.Url;
        }

        using TestCovers covers = new($"{url}/{{id}}") { Clock = _clock, Options = { Fetch = { Retries = 0 } } };

        CoverException error = await covers.FailAsync("a");

        Assert.Equal(
            (FailureReason.Unreachable, $"the server {url["http://".Length..]} cannot be reached", false),
            (error.Reason, error.Outage, error.IsAnswered));
    }

    [Fact]
    public async Task FetchAsync_ServerKeepsFailingAndFolderExists_IsNoOutage()
    {
        _folder.Write("covers/b.jpg", [1]);
        await using CoverServer server = await CoverServer.StartAsync(Answers.Status(500));
        using TestCovers covers = new(_folder["covers/{id}.jpg"], $"{server.Url}/{{id}}")
        {
            Clock = _clock,
            Options = { Fetch = { DegreeOfParallelism = 1, Retries = 0 } },
        };

        for (int i = 0; i < 3; i++)
        {
            Assert.Null((await covers.FailAsync($"{i}")).Outage);
        }
    }

    public void Dispose() => _folder.Dispose();

    private TestCovers CoversAt(CoverServer server) => new($"{server.Url}/{{id}}")
    {
        Clock = _clock,
        Options = { Fetch = { DegreeOfParallelism = 1, Retries = 0 } },
    };
}
