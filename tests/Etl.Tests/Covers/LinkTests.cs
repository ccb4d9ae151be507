using System.Diagnostics;
using System.Net.Sockets;
using Microsoft.Win32.SafeHandles;
using PaletteEtl.Covers.Files;
using PaletteEtl.Model;

namespace Etl.Tests.Covers;

/// <summary>Covers that are links, or no files.</summary>
public sealed class LinkTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public LinkTests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a privilege there, and pipes are no files.");
        _folder.Write("secret/a.jpg", [42]);
        _folder.Write("covers/inside/b.jpg", [7]);
    }

    [Fact]
    public async Task FetchAsync_LinkOutOfTheFolder_IsForbidden()
    {
        File.CreateSymbolicLink(_folder["covers/a.jpg"], "../secret/a.jpg");
        using var covers = new TestCovers(_folder["covers/{id}.jpg"]);

        CoverException error = await covers.FailAsync("a");

        Assert.Equal(FailureReason.Forbidden, error.Reason);
        Assert.Equal(
            $"{_folder["covers/a.jpg"]} links to {RealPath.Of(_folder["secret/a.jpg"])}, which is outside of {_folder["covers"]}. "
            + "Set Etl:Fetch:FollowLinks to allow this.",
            error.Message);
    }

    [Theory]
    [InlineData("covers/inside/b.jpg", true)]
    [InlineData("covers/a.jpg", false)]
    [InlineData("covers/linked/b.jpg", false)]
    [InlineData("covers/absent.jpg", false)]
    public void OpenUnlessLinked_OfAPath_OpensAFileWithoutLinksInIt(string path, bool isOpened)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.OSVersion.Version >= new Version(5, 6), "The system cannot refuse links.");
        File.CreateSymbolicLink(_folder["covers/a.jpg"], "inside/b.jpg");
        File.CreateSymbolicLink(_folder["covers/linked"], "inside");

        using SafeFileHandle? file = CoverFile.OpenUnlessLinked(RealPath.Of(_folder[""]) + "/" + path);

        Assert.Equal(isOpened, file is not null);
        Assert.True(file is null || RandomAccess.GetLength(file) == 1);
    }

    [Fact]
    public async Task FetchAsync_FolderThatIsALinkOut_IsForbidden()
    {
        Directory.CreateSymbolicLink(_folder["covers/away"], _folder["secret"]);
        using var covers = new TestCovers(_folder["covers/{id}/a.jpg"]);

        Assert.Equal(FailureReason.Forbidden, (await covers.FailAsync("away")).Reason);
    }

    [Fact]
    public async Task FetchAsync_LinkToAFolderOfTheSameBeginning_IsForbidden()
    {
        _folder.Write("covers2/a.jpg", [42]);
        File.CreateSymbolicLink(_folder["covers/a.jpg"], "../covers2/a.jpg");
        using var covers = new TestCovers(_folder["covers/{id}.jpg"]);

        Assert.Equal(FailureReason.Forbidden, (await covers.FailAsync("a")).Reason);
    }

    [Theory]
    [InlineData("inside/b.jpg")]
    [InlineData("../covers/inside/b.jpg")]
    public async Task FetchAsync_LinkThatStaysInTheFolder_IsFollowed(string target)
    {
        File.CreateSymbolicLink(_folder["covers/a.jpg"], target);
        using var covers = new TestCovers(_folder["covers/{id}.jpg"]);

        Assert.Equal([7], (await covers.FetchAsync("a")).Bytes);
    }

    [Fact]
    public async Task FetchAsync_FollowLinks_FollowsThemOut()
    {
        File.CreateSymbolicLink(_folder["covers/a.jpg"], "../secret/a.jpg");
        using var covers = new TestCovers(_folder["covers/{id}.jpg"]) { Options = { Fetch = { FollowLinks = true } } };

        Assert.Equal([42], (await covers.FetchAsync("a")).Bytes);
    }

    [Fact]
    public async Task FetchAsync_TemplateThatNamesNoMovie_MayBeALink()
    {
        File.CreateSymbolicLink(_folder["covers/one.jpg"], "../secret/a.jpg");
        using var covers = new TestCovers(_folder["covers/one.jpg"]);

        Assert.Equal([42], (await covers.FetchAsync("a")).Bytes);
    }

    [Fact]
    public async Task FetchAsync_TheFolderIsALink_FollowsItWhereverItLeads()
    {
        _folder.Write("other/b.jpg", [8]);
        Directory.CreateSymbolicLink(_folder["current"], _folder["covers/inside"]);
        using var covers = new TestCovers(_folder["current/{id}.jpg"]);

        byte[] before = (await covers.FetchAsync("b")).Bytes;
        Directory.Delete(_folder["current"]);
        Directory.CreateSymbolicLink(_folder["current"], _folder["other"]);
        byte[] after = (await covers.FetchAsync("b")).Bytes;

        Assert.Equal([7], before);
        Assert.Equal([8], after);
    }

    [Theory]
    [InlineData("/", "/a", true)]
    [InlineData("/", "/", false)]
    [InlineData("/b", "/b/a", true)]
    [InlineData("/b/", "/b/a", true)]
    [InlineData("/b", "/b", false)]
    [InlineData("/b", "/b/", false)]
    [InlineData("/b", "/bc", false)]
    public void Names_OfAPath_HoldsBelowTheFolder(string folder, string file, bool below) =>
        Assert.Equal(below, new CoverFolder(folder).Names(file));

    [Fact]
    public async Task FetchAsync_LinkToNothing_IsNotFound()
    {
        File.CreateSymbolicLink(_folder["covers/a.jpg"], "nothing.jpg");
        using var covers = new TestCovers(_folder["covers/{id}.jpg"]);

        Assert.Equal(FailureReason.NotFound, (await covers.FailAsync("a")).Reason);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task FetchAsync_Pipe_FailsInsteadOfWaitingForAWriter(bool linked)
    {
        await MakePipeAsync();
        File.CreateSymbolicLink(_folder["covers/linked.jpg"], "pipe.jpg");
        using var covers = new TestCovers(_folder["covers/{id}.jpg"]);

        CoverException error = await covers.FailAsync(linked ? "linked" : "pipe");

        Assert.Equal(FailureReason.Empty, error.Reason);
        Assert.EndsWith(" has no bytes: it is empty, or no file but a pipe, a socket or a device.", error.Message);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Open_PipeThatHasTakenThePlaceOfACover_FailsInsteadOfWaitingForAWriter(bool written)
    {
        string pipe = await MakePipeAsync();
        using FileStream? writer = written ? new FileStream(pipe, FileMode.Open, FileAccess.ReadWrite) : null;
        var reader = new CoverFileReader(maxBytes: 1_000, TimeProvider.System);

        using SafeFileHandle? file = await Task.Run(() => CoverFile.Open(pipe)).WaitAsync(TestTimeout);
        CoverException error = await Assert.ThrowsAsync<CoverException>(
            () => reader.ReadAsync(file!, pipe, known: null, reservation: null, TestContext.Current.CancellationToken).AsTask());

        Assert.Equal(FailureReason.Empty, error.Reason);
        Assert.Equal($"{pipe} is no file but a pipe or a device.", error.Message);
    }

    [Theory]
    [InlineData("inside")]
    [InlineData("linked")]
    public async Task FetchAsync_Folder_IsNoFile(string name)
    {
        File.CreateSymbolicLink(_folder["covers/linked"], "inside");
        using var covers = new TestCovers(_folder["covers/{id}"]);

        CoverException error = await covers.FailAsync(name);

        Assert.Equal(FailureReason.UnsupportedFormat, error.Reason);
        Assert.Equal($"{_folder["covers/" + name]} is a folder, not a file.", error.Message);
    }

    [Fact]
    public async Task FetchAsync_LinksInACircle_IsNotFound()
    {
        File.CreateSymbolicLink(_folder["covers/a.jpg"], "a.jpg");
        using var covers = new TestCovers(_folder["covers/{id}.jpg"]);

        CoverException error = await covers.FailAsync("a");

        Assert.Equal(FailureReason.NotFound, error.Reason);
        Assert.StartsWith($"{_folder["covers/a.jpg"]} is a link that leads nowhere: ", error.Message);
    }

    [Fact]
    public async Task FetchAsync_Socket_Fails()
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(_folder["covers/a.jpg"]));
        using var covers = new TestCovers(_folder["covers/{id}.jpg"]);

        Assert.Equal(FailureReason.Empty, (await covers.FailAsync("a")).Reason);
    }

    [Theory]
    [InlineData("/dev/zero")]
    [InlineData("/dev/null")]
    public async Task FetchAsync_Device_IsNotOpened(string device)
    {
        File.CreateSymbolicLink(_folder["covers/a.jpg"], device);
        using var covers = new TestCovers(_folder["covers/{id}.jpg"]) { Options = { Fetch = { FollowLinks = true } } };

        Assert.Equal(FailureReason.Empty, (await covers.FailAsync("a")).Reason);
    }

    private async Task<string> MakePipeAsync()
    {
        string pipe = _folder["covers/pipe.jpg"];
        using var making = Process.Start("mkfifo", [pipe]);
        await making.WaitForExitAsync(TestContext.Current.CancellationToken);
        return pipe;
    }

    public void Dispose() => _folder.Dispose();
}
