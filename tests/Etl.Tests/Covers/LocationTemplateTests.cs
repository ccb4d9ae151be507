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
        Assert.Equal(place, new LocationTemplate(template).PlaceOf(MovieOf(id)).Path);

    [Theory]
    [InlineData("{id[..2]}/{id}", "114709", "11/114709")]
    [InlineData("{id[2..4]}/{id}", "114709", "47/114709")]
    [InlineData("{id[^2..]}", "114709", "09")]
    [InlineData("{id[..^2]}", "114709", "1147")]
    [InlineData("{id[1..^1]}", "114709", "1470")]
    [InlineData("{id[..]}", "114709", "114709")]
    [InlineData("{id:D7[..2]}/{id:D7}", "949", "00/0000949")]
    [InlineData("{id[..2]}", "7", "7")] // the part that there is
    [InlineData("{id[^3..]}", "7", "7")]
    [InlineData("{id[1..9999]}", "114709", "14709")]
    [InlineData("{id[..2]}", "🎬🎥x", "🎬🎥")] // characters, not halves of them
    [InlineData("{id[^1..]}", "x🎬", "🎬")]
    [InlineData("{{id[..2]}}/{id[..1]}", "ab", "{id[..2]}/a")]
    public void Place_PartOfAnId_PutsItIn(string template, string id, string place) =>
        Assert.Equal(place, new LocationTemplate(template).PlaceOf(MovieOf(id)).Path);

    [Theory]
    [InlineData("{id[2..4]}/{id}", "ab")]
    [InlineData("{id}/{id[5..]}", "ab")]
    [InlineData("{id[..^2]}", "ab")]
    [InlineData("{id[3..^3]}", "abcde")]
    [InlineData("{id[..2]}/{id}", "..a")] // the whole id names a file, the part a folder outside
    [InlineData("{id[..1]}/{id}", ".a")]
    [InlineData("{id[^2..]}", "a..")]
    public void Place_IdHasNoSuchPart_IsNone(string template, string id) =>
        Assert.Null(new LocationTemplate(template).PlaceOf(MovieOf(id)).Path);

    [Theory]
    [InlineData("{id}.*", "7.jpg", true)]
    [InlineData("{id}.*", "7.JPEG", true)]
    [InlineData("{id}.*", "a.b.avif", true)]
    [InlineData("{id}.*", "7.txt", false)]
    [InlineData("{id}.*", "7.jpg.txt", false)]
    [InlineData("{id}.*", "7.*", false)]
    [InlineData("{id}.*", "7", false)]
    [InlineData("{id}.*", ".jpg", false)]
    [InlineData("poster.*", "poster.webp", true)]
    [InlineData("{cover}", "a/b.jpg", true)]
    [InlineData("{cover}", "report.html", false)]
    [InlineData("a-{cover}.jpg", "a-b/c.jpg", true)]
    [InlineData("a-{cover}.jpg", "b.jpg", false)]
    [InlineData("{id}.*.jpg", "7.*.jpg", true)] // a star that is not at the end is a name's
    [InlineData("{id}.*.jpg", "7.x.jpg", false)]
    public void Matches_AnyExtension_IsOneOfCovers(string template, string path, bool matches) =>
        Assert.Equal(matches, new LocationTemplate(template).Matches(path));

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

        Assert.Null(LocationProblem.Of(template));
        Assert.Equal($"{text}/7", new LocationTemplate(template).PlaceOf(MovieOf("7")).Path);
    }

    [Fact]
    public void Place_OfAUrl_EncodesTheId() => Assert.Equal(
        "https://covers/Am%C3%A9lie%20%26%3F%23.jpg",
        new LocationTemplate("https://covers/{id}.jpg").PlaceOf(MovieOf("Amélie &?#")).Path);

    [Theory]
    [InlineData("covers/{id}.jpg")]
    [InlineData("covers/{cover}")]
    [InlineData("{cover}")]
    [InlineData("covers{cover}.*")]
    [InlineData("https://example.org/t/p/w342{cover}")]
    [InlineData("https://example.org/?file={cover}&size=l")]
    [InlineData("/covers/{id:D7}.jpg")]
    [InlineData("one.jpg")]
    [InlineData("C:\\covers\\{id}.jpg")]
    [InlineData("http://127.0.0.1:8080/{id}")]
    [InlineData("HTTPS://example.org/covers?id={id}")]
    [InlineData("https://example.org?id={id}")]
    [InlineData("https://example.org/{id}#top")]
    [InlineData("https://example.org/{id}#{id}")]
    [InlineData("https://example.org/cover#1")]
    [InlineData("https://example.org/{id[..2]}/{id}.jpg")]
    [InlineData("covers/{id:D7[..2]}/{id:D7}.*")]
    [InlineData("covers/{id[^2..]}/{id[0..9999]}.jpg")]
    [InlineData("covers/*/{id}.jpg")]
    [InlineData("https://example.org/{id}.*?x")]
    [InlineData("covers/#{id}.jpg")]
    public void Problem_OfAGoodTemplate_IsNone(string template) => Assert.Null(LocationProblem.Of(template));

    [Theory]
    [InlineData(null, "empty")]
    [InlineData(" ", "empty")]
    [InlineData("covers/{ID}.jpg", "placeholder")]
    [InlineData("covers/{id:D}.jpg", "placeholder")]
    [InlineData("covers/{id:D0}.jpg", "placeholder")]
    [InlineData("covers/{id:D100}.jpg", "placeholder")]
    [InlineData("covers/{id:X}.jpg", "placeholder")]
    [InlineData("covers/{title}.jpg", "placeholder")]
    [InlineData("covers/{id[2]}.jpg", "placeholder")]
    [InlineData("covers/{id[]}.jpg", "placeholder")]
    [InlineData("covers/{id[..2}.jpg", "placeholder")]
    [InlineData("covers/{id[-1..]}.jpg", "placeholder")]
    [InlineData("covers/{id[..10000]}.jpg", "placeholder")]
    [InlineData("covers/{id[..2]:D7}.jpg", "placeholder")]
    [InlineData("covers/{id[4..2]}.jpg", "{id[4..2]}, which is a part without characters")]
    [InlineData("covers/{id[..0]}.jpg", "{id[..0]}, which")]
    [InlineData("covers/{id[^0..]}.jpg", "{id[^0..]}, which")]
    [InlineData("covers/{id[^2..^4]}.jpg", "{id[^2..^4]}, which")]
    [InlineData("https://{id[..2]}.example.org/", "server")]
    [InlineData("https://example.org/#{id[..2]}", "after the #")]
    [InlineData("https://{cover}", "lets the catalogue choose the server")]
    [InlineData("https://example.org{cover}", "lets the catalogue choose the server")]
    [InlineData("https://example.org:{cover}/", "lets the catalogue choose the server")]
    [InlineData("https://example.org/#{cover}", "after the #")]
    [InlineData("{cover}://example.org/", "neither a path nor a valid http or https URL")]
    [InlineData("covers/{cover[..2]}", "placeholder")]
    [InlineData("covers/{Cover}", "placeholder")]
    [InlineData("https://example.org/{id}.*", "ends with .*")]
    [InlineData("https://example.org/cover.*", "ends with .*")]
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
        Assert.Contains(what, LocationProblem.Of(template), StringComparison.Ordinal);

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
        Assert.DoesNotContain("s3cret", LocationProblem.Of("ftp://example.org/{id}?token=s3cret"), StringComparison.Ordinal);

    private static Movie MovieOf(string id) => new(default, new MovieId(id));
}
