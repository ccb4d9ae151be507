namespace Etl.IntegrationTests.Outputs;

/// <summary>Outputs that are covers, or would be taken for some.</summary>
public sealed class CoverFilesTests : IDisposable
{
    private readonly OutputFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("covers/1.jpg")]
    [InlineData("covers/new.jpg")]
    [InlineData("sub/up/covers/new.jpg")]
    [InlineData("covers-link/new.jpg")]
    [InlineData("cover-link")]
    [InlineData("cover-twin")]
    public void Claim_CoverUnderAnyName_IsRefused(string name) => AssertRefused(name, "covers/{id}.jpg");

    [Theory]
    [InlineData("covers/1.jpg", "covers-link/{id:D7}.jpg")]
    [InlineData("cover-twin", "{id}/1.jpg")]
    [InlineData("covers/1/new.png", "covers/{id}/{id}.png")]
    [InlineData("covers/1.jpg", "sub/../covers/{id}")]
    [InlineData("covers/report.html", "covers/{id}")]
    [InlineData("new.html", "{id}.html")]
    [InlineData("covers/new.PNG", "covers/{id}.*")]
    [InlineData("covers/1/1.webp", "covers/{id[..1]}/{id:D7[^1..]}.*")]
    [InlineData("sub/poster.jpg", "sub/poster.*")]
    [InlineData("cover-twin", "covers/{id}.*")]
    [InlineData("covers/1/new/new.PNG", "covers/{cover}", "Etl:Query:CoverColumn=poster")]
    [InlineData("covers/new.html", "covers/{cover}.html", "Etl:Query:CoverColumn=poster")]
    [InlineData("cover-twin", "{cover}", "Etl:Query:CoverColumn=poster")]
    [InlineData("sub/other.txt", "sub/other.txt")] // one cover for all movies
    public void Claim_CoverOfAnyTemplate_IsRefused(string name, string location, params string[] settings)
    {
        Directory.CreateDirectory(_folder["covers/1/new"]);

        AssertRefused(name, location, settings);
    }

    [Theory]
    [InlineData("covers/store/2.bin", "false")]
    [InlineData("sub/other.txt", "true")]
    public void Claim_FileThatACoverIsALinkTo_IsRefused(string name, string followLinks)
    {
        _folder.Write("covers/store/2.bin", "cover");
        File.CreateSymbolicLink(_folder["covers/2.jpg"], "store/2.bin");
        File.CreateSymbolicLink(_folder["covers/3.jpg"], "../sub/other.txt");
        File.CreateSymbolicLink(_folder["covers/4.jpg"], "4.jpg"); // leads nowhere

        AssertRefused(name, "covers/{id}.jpg", $"Etl:Fetch:FollowLinks={followLinks}");
    }

    [Fact]
    public void Claim_FileThatNoLinkOfACoverMayLeadTo_IsAccepted()
    {
        File.CreateSymbolicLink(_folder["covers/3.jpg"], "../sub/other.txt");

        Assert.NotNull(_folder.Claim("sub/other.txt"));
    }

    [Theory]
    [InlineData("covers/.jpg")] // no id is empty
    [InlineData("covers/1.jpg.html")]
    [InlineData("1.jpg")]
    public void Claim_NameOfNoCover_IsAccepted(string name) => Assert.NotNull(_folder.Claim(name));

    [Fact]
    public void Claim_FileBelowTheFolderOfLocationsThatIsNoPicture_IsAccepted() => Assert.NotNull(
        _folder.Claim("covers/report.html", ["Etl:Fetch:Locations=covers/{cover}", "Etl:Query:CoverColumn=poster"]));

    private void AssertRefused(string name, string location, params string[] settings) => Assert.Contains(
        "it is, or would be, a cover of Etl:Fetch:Locations ",
        _folder.Refusal(name, [$"Etl:Fetch:Locations:0=https://example.org/{{id}}", $"Etl:Fetch:Locations:1={location}", .. settings]),
        StringComparison.Ordinal);
}
