using PaletteEtl.Covers.Files;

namespace Etl.Tests.Covers;

public sealed class RealPathTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public RealPathTests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a privilege there.");
        _folder.Write("a/b/file", [1]);
        Link("file", "a/b/file");
        Link("folder", "a/b");
        Link("chain", "file");
        Link("absolute", _folder["folder"]);
        Link("a/up", "b/../../a/./b");
        Link("away", "folder/..");
        Link("dangling", "nowhere/file");
        Link("circle", "circle");
        Link("growing", "growing/on");
    }

    [Theory]
    [InlineData("a/b/file", "a/b/file")]
    [InlineData("file", "a/b/file")]
    [InlineData("folder/file", "a/b/file")]
    [InlineData("chain", "a/b/file")]
    [InlineData("absolute/file", "a/b/file")]
    [InlineData("a/up/file", "a/b/file")]
    [InlineData("away/b/file", "a/b/file")] // the folder above is that of the target, not that of the link
    [InlineData("dangling", "nowhere/file")]
    [InlineData("none/of/these", "none/of/these")]
    public void Of_APath_IsWhereTheSystemEnds(string path, string real) =>
        Assert.Equal(Path.Combine(RealPath.Of(_folder.Path), real), RealPath.Of(_folder[path]));

    [Theory]
    [InlineData("circle")]
    [InlineData("growing")]
    public void Of_LinksWithoutEnd_Throws(string path) => Assert.Throws<IOException>(() => RealPath.Of(_folder[path]));

    [Fact]
    public void Of_TheRoot_IsTheRoot() => Assert.Equal("/", RealPath.Of("/"));

    public void Dispose() => _folder.Dispose();

    private void Link(string path, string target) => File.CreateSymbolicLink(_folder[path], target);
}
