using Etl.Host.Outputs;

namespace Etl.IntegrationTests.Outputs;

public sealed class FileStatusTests : IDisposable
{
    private readonly OutputFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("movies.db", "database-twin", true)]
    [InlineData("movies.db", "link-of-link", true)]
    [InlineData("covers", "sub/up/covers-link", true)]
    [InlineData("movies.db", "covers/1.jpg", false)]
    [InlineData("covers", "sub", false)]
    public void Of_TwoPaths_HaveOneIdentityWhenTheyAreOneFile(string first, string second, bool same) =>
        Assert.Equal(same, FileStatus.Of(_folder[first])?.Identity == FileStatus.Of(_folder[second])?.Identity);

    [Fact]
    public void Of_HardLinks_CountsThem()
    {
        UnixFile.HardLink(_folder["movies.db"], _folder["third"]);

        Assert.Equal(3u, FileStatus.Of(_folder["movies.db"])?.Names);
        Assert.Equal(1u, FileStatus.Of(_folder["sub/other.txt"])?.Names);
    }

    [Theory]
    [InlineData("link-of-link", "Regular")]
    [InlineData("covers-link", "Directory")]
    [InlineData("pipe", "Stream")]
    [InlineData("/dev/null", "Stream")]
    public void Of_File_KnowsItsKind(string name, string kind)
    {
        UnixFile.Pipe(_folder["pipe"]);

        Assert.Equal(kind, FileStatus.Of(_folder[name])?.Kind.ToString());
    }

    [Theory]
    [InlineData("none")]
    [InlineData("none/none")]
    [InlineData("movies.db/none")]
    public void Of_NoFile_IsNull(string name) => Assert.Null(FileStatus.Of(_folder[name]));

    [Fact]
    public void Of_LinksInACircle_Throws()
    {
        File.CreateSymbolicLink(_folder["circle"], "circle");

        Assert.Throws<IOException>(() => FileStatus.Of(_folder["circle"]));
        Assert.Null(FileStatus.TryOf(_folder["circle"]));
    }
}
