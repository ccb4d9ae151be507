using PaletteEtl.Covers;
using PaletteEtl.Model;

namespace Etl.Tests.Covers;

public sealed class LocationTemplateTests
{
    [Theory]
    [InlineData("covers/{id}.jpg", "114709", "covers/114709.jpg")]
    [InlineData("covers/{id:D7}.jpg", "114709", "covers/0114709.jpg")]
    [InlineData("covers/{id:D7}.jpg", "10114709", "covers/10114709.jpg")]
    [InlineData("covers/{id:D7}.jpg", "tt114709", "covers/tt114709.jpg")] // not digits alone
    [InlineData("covers/{id:D7}.jpg", "-1", "covers/-1.jpg")]
    [InlineData("covers/{id:D99}", "1", "covers/000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000001")]
    [InlineData("{id}/{id:D3}.png", "7", "7/007.png")]
    [InlineData("one.jpg", "7", "one.jpg")]
    [InlineData("covers/{id}.jpg", "{id}$1", "covers/{id}$1.jpg")] // the id is data, not a template
    [InlineData("Heat (1995) {{tmdb-949}}/{id}.jpg", "7", "Heat (1995) {tmdb-949}/7.jpg")]
    [InlineData("{{id}}/{{{id:D3}}}.jpg", "7", "{id}/{007}.jpg")]
    public void Place_OfAnId_PutsItIn(string template, string id, string place) =>
        Assert.Equal(place, new LocationTemplate(template).Place(id, static id => id));

    [Theory]
    [InlineData("{id}.jpg", "114709.jpg", true)]
    [InlineData("{id}.jpg", "a.b.jpg", true)]
    [InlineData("{id}.jpg", ".jpg", false)]
    [InlineData("{id}.jpg", "1.jpg.html", false)]
    [InlineData("{id}.jpg", "1xjpg", false)]
    [InlineData("{id:D7}-{id}", "0000001-1", true)]
    [InlineData("{id:D7}-{id}", "0000001", false)]
    [InlineData("one.jpg", "one.jpg", true)]
    [InlineData("one.jpg", "two.jpg", false)]
    public void Matches_Path_HoldsWhenItIsThePlaceOfAnId(string template, string path, bool matches) =>
        Assert.Equal(matches, new LocationTemplate(template).Matches(path));

    [Theory]
    [InlineData("/a/{{b}}/{id}.jpg", "/a/{b}", "{id}.jpg")]
    [InlineData("/a{{/{id}/{id}.jpg", "/a{", "{id}/{id}.jpg")]
    [InlineData("/a/b-{id}.jpg", "/a", "b-{id}.jpg")]
    [InlineData("/a/one.jpg", "/a", "one.jpg")]
    public void Folder_OfATemplate_IsThatOfTheLiteralPart(string template, string folder, string path)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The paths are Unix's.");
        var location = new LocationTemplate(template);

        Assert.Equal((folder, path), (location.Folder, location.PathInFolder));
    }

    [Theory]
    [InlineData("/srv/{tmdb-949}")]
    [InlineData("/srv/{{id}}")]
    [InlineData("/srv/}")]
    public void Escape_Text_IsLiteralInATemplate(string text)
    {
        string template = LocationTemplate.Escape(text) + "/{id}";

        Assert.Null(LocationTemplate.Problem(template));
        Assert.Equal($"{text}/7", new LocationTemplate(template).Place("7", static id => id));
    }

    [Fact]
    public void Place_OfAUrl_EncodesTheId() => Assert.Equal(
        "https://covers/Am%C3%A9lie%20%26%3F%23.jpg",
        new LocationTemplate("https://covers/{id}.jpg").Place("Amélie &?#", Uri.EscapeDataString));

    [Theory]
    [InlineData("covers/{id}.jpg")]
    [InlineData("/covers/{id:D7}.jpg")]
    [InlineData("one.jpg")]
    [InlineData("C:\\covers\\{id}.jpg")]
    [InlineData("http://127.0.0.1:8080/{id}")]
    [InlineData("HTTPS://example.org/covers?id={id}")]
    [InlineData("https://example.org?id={id}")]
    [InlineData("https://example.org/{id}#top")]
    [InlineData("https://example.org/{id}#{id}")]
    [InlineData("https://example.org/cover#1")]
    [InlineData("covers/#{id}.jpg")]
    public void Problem_OfAGoodTemplate_IsNone(string template) => Assert.Null(LocationTemplate.Problem(template));

    [Theory]
    [InlineData(null, "empty")]
    [InlineData(" ", "empty")]
    [InlineData("covers/{ID}.jpg", "placeholder")]
    [InlineData("covers/{id:D}.jpg", "placeholder")]
    [InlineData("covers/{id:D0}.jpg", "placeholder")]
    [InlineData("covers/{id:D100}.jpg", "placeholder")]
    [InlineData("covers/{id:X}.jpg", "placeholder")]
    [InlineData("covers/{title}.jpg", "placeholder")]
    [InlineData("covers/id}.jpg", "placeholder")]
    [InlineData("covers/\0{id}.jpg", "NUL")]
    [InlineData("ftp://example.org/{id}", "http or https")]
    [InlineData("http://", "http or https")]
    [InlineData("http://{id}/cover.jpg", "server")]
    [InlineData("https://{id}.example.org/cover.jpg", "server")]
    [InlineData("http://example.org:{id}", "server")]
    [InlineData("http://example.org/x#{id}", "after the #")]
    [InlineData("https://example.org#{id:D7}", "after the #")]
    [InlineData("https://example.org/covers?size=l#/movies/{id}/{id}.jpg", "after the #")]
    public void Problem_OfABadTemplate_SaysWhat(string? template, string what) =>
        Assert.Contains(what, LocationTemplate.Problem(template), StringComparison.Ordinal);

    [Theory]
    [InlineData(114709L, true)]
    [InlineData(-1L, true)]
    [InlineData("0114709", true)]
    [InlineData("Amélie 阿甘正传", true)]
    [InlineData("...", true)]
    [InlineData("a..b", true)]
    [InlineData(null, false)]
    [InlineData("", false)]
    [InlineData(1.5, false)]
    [InlineData(".", false)]
    [InlineData("..", false)]
    [InlineData("../x", false)]
    [InlineData("x/y", false)]
    [InlineData("/etc/passwd", false)]
    [InlineData("..\\x", false)]
    [InlineData("x\0y", false)]
    [InlineData("x\ny", false)]
    public void IsSafe_OfAnId_HoldsWhenItNamesOneThing(object? id, bool safe) =>
        Assert.Equal(safe, LocationTemplate.IsSafe(new MovieId(id)));

    [Fact]
    public void IsSafe_OfAColon_HoldsWhereItNamesNoDrive() =>
        Assert.Equal(!OperatingSystem.IsWindows(), LocationTemplate.IsSafe(new MovieId("C:x")));

    [Theory]
    [InlineData("a.")]
    [InlineData("a ")]
    public void IsSafe_OfADotOrASpaceAtTheEnd_HoldsWhereTheyAreKept(string id) =>
        Assert.Equal(!OperatingSystem.IsWindows(), LocationTemplate.IsSafe(new MovieId(id)));

    [Fact]
    public void Problem_OfAUrlWithAQuery_DoesNotShowIt() =>
        Assert.DoesNotContain("s3cret", LocationTemplate.Problem("ftp://example.org/{id}?token=s3cret"), StringComparison.Ordinal);
}
