using System.Net.Sockets;
using System.Runtime.Versioning;
using Etl.Host.Outputs;

namespace Etl.IntegrationTests.Outputs;

[UnsupportedOSPlatform("windows")]
public sealed class OutputFileTests : IDisposable
{
    private const UnixFileMode Shared = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupWrite;

    private readonly OutputFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("new.json", "new.json")]
    [InlineData("sub/other.txt", "sub/other.txt")]
    [InlineData("link", "sub/other.txt")]
    [InlineData("link-of-nothing", "sub/new.json")]
    public void Write_FileOrLink_IsWrittenAndTheLinkStays(string name, string written)
    {
        File.CreateSymbolicLink(_folder["link"], "sub/up/sub/other.txt");
        File.CreateSymbolicLink(_folder["link-of-nothing"], "sub/new.json");
        string? target = new FileInfo(_folder[name]).LinkTarget;

        _folder.Claim(name).Write("text");

        Assert.Equal("text", File.ReadAllText(_folder[written]));
        Assert.Equal(target, new FileInfo(_folder[name]).LinkTarget);
        Assert.Empty(_folder.Partials);
    }

    [Fact]
    public void Write_FileWithASecondName_LeavesThatFileAlone()
    {
        UnixFile.HardLink(_folder["sub/other.txt"], _folder["kept.txt"]);

        _folder.Claim("sub/other.txt").Write("text");

        Assert.Equal(("text", "other"), (File.ReadAllText(_folder["sub/other.txt"]), File.ReadAllText(_folder["kept.txt"])));
    }

    [Theory]
    [InlineData(Shared)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite)]
    [InlineData(Shared | UnixFileMode.OtherRead | UnixFileMode.OtherWrite)]
    public void Write_FileWithPermissions_KeepsThem(UnixFileMode mode)
    {
        File.SetUnixFileMode(_folder["sub/other.txt"], mode);

        _folder.Claim("sub/other.txt").Write("text");

        Assert.Equal(mode, File.GetUnixFileMode(_folder["sub/other.txt"]));
    }

    [Theory]
    [InlineData(4_321, 0)]
    [InlineData(0, 4_321)]
    [InlineData(4_321, 1_234)]
    public void Write_FileOfAnotherUserOrGroup_StaysTheirs(uint user, uint group)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root may give a file to another user.");
        UnixFile.SetOwner(_folder["sub/other.txt"], user, group);

        _folder.Claim("sub/other.txt").Write("text");

        FileStatus status = FileStatus.Of(_folder["sub/other.txt"])!.Value;
        Assert.Equal((user, group), (status.User, status.Group));
        Assert.Equal("text", File.ReadAllText(_folder["sub/other.txt"]));
    }

    [Theory]
    [InlineData("report.json.partial")]
    [InlineData("etl-report.json.partial")]
    public void Write_PartialFileOfAnother_IsLeft(string other)
    {
        _folder.Write(other, "mine");

        _folder.Claim("report.json").Write("text");

        Assert.Equal([_folder[other]], _folder.Partials);
        Assert.Equal("mine", File.ReadAllText(_folder[other]));
    }

    [Fact]
    public async Task Write_Pipe_ReachesItsReader()
    {
        string pipe = UnixFile.Pipe(_folder["pipe"]);
        OutputFile output = _folder.Claim("pipe");
        var writing = Task.Factory.StartNew(
            () => output.Write("text"), TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await Assert.ThrowsAsync<TimeoutException>(() => writing.WaitAsync(TimeSpan.FromMilliseconds(200))); // the writer waits for a reader

        string read = await Task.Run(() => File.ReadAllText(pipe), TestContext.Current.CancellationToken);

        await writing.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.Equal("text", read);
        Assert.Equal(FileKind.Stream, FileStatus.Of(pipe)?.Kind);
    }

    [Theory]
    [InlineData("/dev/full", "No space left on device")]
    [InlineData("gone/report.json", "Could not find a part of the path")]
    public void Write_Fails_SaysWhyAndLeavesNothing(string name, string cause)
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "There is no device that is always full.");
        Directory.CreateDirectory(_folder["gone"]);
        OutputFile output = _folder.Claim(name);
        Directory.Delete(_folder["gone"]);

        IOException error = Assert.Throws<IOException>(() => output.Write("text"));

        Assert.StartsWith($"--out {_folder[name]} cannot be written: {cause}", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("Make room and allow writing there, or name another file.", error.Message, StringComparison.Ordinal);
        Assert.Empty(_folder.Partials);
    }

    [Fact]
    public void Create_FillingFails_LeavesNothing()
    {
        OutputFile output = _folder.Files().ClaimDatabase("--backup", new FileInfo(_folder["copy.db"]));

        Assert.Throws<IOException>(() => output.Create(like: _folder["movies.db"], static path =>
        {
            File.WriteAllText(path, "half");
            throw new IOException("full");
        }));

        Assert.False(File.Exists(_folder["copy.db"]));
        Assert.Empty(_folder.Partials);
    }

    [Fact]
    public void Create_FileCameMeanwhile_IsLeft()
    {
        OutputFile output = _folder.Files().ClaimDatabase("--backup", new FileInfo(_folder["copy.db"]));
        _folder.Write("copy.db", "mine");

        Assert.Throws<IOException>(() => output.Create(like: _folder["movies.db"], static path => File.WriteAllText(path, "text")));

        Assert.Equal("mine", File.ReadAllText(_folder["copy.db"]));
        Assert.Empty(_folder.Partials);
    }

    [Theory]
    [InlineData("covers", "it is a folder")]
    [InlineData("covers-link", "it is a folder")]
    [InlineData("new/", "it is a folder")]
    [InlineData("none/report.json", "it is in a folder that does not exist")]
    [InlineData("movies.db-x/../none/report.json", "it is in a folder that does not exist")]
    [InlineData("read-only", "it is read-only")]
    [InlineData("circle", "Too many")]
    [InlineData("socket", "it is a disk or a socket")]
    public void Claim_FileThatCannotBeWritten_IsRefused(string name, string cause)
    {
        File.CreateSymbolicLink(_folder["circle"], "circle");
        File.SetUnixFileMode(_folder.Write("read-only", ""), UnixFileMode.UserRead);
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(_folder["socket"]));

        Assert.Contains($" cannot be written: {cause}", _folder.Refusal(name), StringComparison.Ordinal);
    }

    [Fact]
    public void Claim_NameTooLong_IsRefused() =>
        Assert.Contains("too long", _folder.Refusal(new string('a', 300)), StringComparison.Ordinal);

    [Fact]
    public void Write_LongestName_IsWritten()
    {
        string name = new('a', 255);

        _folder.Claim(name).Write("text");

        Assert.Equal("text", File.ReadAllText(_folder[name]));
    }
}
