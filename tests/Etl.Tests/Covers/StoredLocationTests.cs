using PaletteEtl.Covers;
using PaletteEtl.Model;

namespace Etl.Tests.Covers;

/// <summary>Locations of a catalogue in place of <c>{cover}</c>: they are data.</summary>
public sealed class StoredLocationTests
{
    private const string Tmdb = "https://image.tmdb.org/t/p/w342{cover}";

    [Theory]
    [InlineData(Tmdb, "/abc.jpg", "https://image.tmdb.org/t/p/w342/abc.jpg")]
    [InlineData(Tmdb, "//abc.jpg", "https://image.tmdb.org/t/p/w342/abc.jpg")]
    [InlineData(Tmdb, "/a/b.jpg", "https://image.tmdb.org/t/p/w342/a/b.jpg")]
    [InlineData(Tmdb, "abc", "https://image.tmdb.org/t/p/w342abc")]
    [InlineData("https://h/{cover}", "/abc.jpg", "https://h/abc.jpg")]
    [InlineData("https://h/{cover}", "//evil.org/abc.jpg", "https://h/evil.org/abc.jpg")]
    [InlineData("https://h/{cover}", "@evil.org/abc.jpg", "https://h/%40evil.org/abc.jpg")]
    [InlineData("https://h/{cover}", "http:/evil.org/abc.jpg", "https://h/http%3A/evil.org/abc.jpg")]
    [InlineData("https://h/{cover}", "javascript:alert(1)", "https://h/javascript%3Aalert%281%29")]
    [InlineData("https://h/{cover}", "a b/ä.jpg?x=1#y", "https://h/a%20b/%C3%A4.jpg%3Fx%3D1%23y")]
    [InlineData("https://h/{cover}", "%2e%2e/%2e%2e%2fsecret", "https://h/%252e%252e/%252e%252e%252fsecret")] // names, not encoded
    [InlineData("https://h/{cover}.jpg?w=300", "/abc", "https://h/abc.jpg?w=300")]
    [InlineData("https://h/?file={cover}&w=300", "/a/b.jpg&w=9", "https://h/?file=%2Fa%2Fb.jpg%26w%3D9&w=300")]
    [InlineData("https://h/{id[..1]}/{cover}", "b.jpg", "https://h/7/b.jpg")]
    [InlineData("covers/{cover}", "a/b.jpg", "covers/a/b.jpg")]
    [InlineData("covers/{cover}", "/b.jpg", "covers/b.jpg")]
    [InlineData("covers{cover}", "/b.jpg", "covers/b.jpg")]
    [InlineData("covers/m-{cover}.jpg", "12", "covers/m-12.jpg")]
    [InlineData("covers/{cover}.*", "12", "covers/12.*")]
    [InlineData("{cover}", "covers/b.jpg", "covers/b.jpg")]
    [InlineData("{cover}", "/etc/passwd", "etc/passwd")]
    [InlineData("covers/{cover}", "./b.jpg", "covers/./b.jpg")]
    [InlineData("covers/{cover}", "a..b", "covers/a..b")]
    public void PlaceOf_Location_IsAppended(string template, string location, string place) =>
        Assert.Equal(place, PlaceOf(template, location).Path);

    [Theory]
    [InlineData(Tmdb, "https://image.tmdb.org/t/p/w342/abc.jpg", "https://image.tmdb.org/t/p/w342/abc.jpg")]
    [InlineData(Tmdb, "HTTPS://Image.TMDB.org:443/t/p/w342/abc.jpg", "https://image.tmdb.org/t/p/w342/abc.jpg")]
    [InlineData("https://h/{cover}", "https://h/a%20b.jpg?v=2", "https://h/a%20b.jpg?v=2")] // a URL is encoded already
    [InlineData("https://h/{cover}", "https://h/a b.jpg#top", "https://h/a%20b.jpg")]
    [InlineData("https://h/{cover}", "https://h/o/covers%2Fabc.jpg?alt=media", "https://h/o/covers%2Fabc.jpg?alt=media")]
    [InlineData("https://h/a/{cover}", "https://h/a/../a/b.jpg", "https://h/a/b.jpg")]
    [InlineData("https://h/{cover}?w=300", "https://h/abc.jpg", "https://h/abc.jpg?w=300")]
    [InlineData("https://h?file={cover}", "https://h/?file=abc.jpg", "https://h/?file=abc.jpg")]
    public void PlaceOf_WholeUrlThatBeginsLikeTheTemplate_IsThePlace(string template, string location, string place) =>
        Assert.Equal(place, PlaceOf(template, location).Path);

    [Theory]
    [InlineData(Tmdb, "https://evil.org/t/p/w342/abc.jpg")]
    [InlineData(Tmdb, "http://image.tmdb.org/t/p/w342/abc.jpg")]
    [InlineData(Tmdb, "https://image.tmdb.org:444/t/p/w342/abc.jpg")]
    [InlineData(Tmdb, "https://user:password@image.tmdb.org/t/p/w342/abc.jpg")]
    [InlineData(Tmdb, "https://image.tmdb.org@evil.org/t/p/w342/abc.jpg")]
    [InlineData(Tmdb, "https://image.tmdb.org.evil.org/t/p/w342/abc.jpg")]
    [InlineData(Tmdb, "https://image.tmdb.org\\@evil.org/t/p/w342/abc.jpg")]
    [InlineData(Tmdb, "https://image.tmdb.org/t/p/w342/../../../secret")]
    [InlineData(Tmdb, "https://image.tmdb.org/t/p/w342/%2e%2e/%2e%2e/secret")]
    [InlineData(Tmdb, "https://image.tmdb.org/t/p/w342/..%2f..%2Fsecret")]
    [InlineData(Tmdb, "https://image.tmdb.org/t/p/w342/..%5csecret")]
    [InlineData(Tmdb, "https://image.tmdb.org/t/p/w342/a%00b")]
    [InlineData(Tmdb, "https://image.tmdb.org/t/p/w342/a\nb")]
    [InlineData(Tmdb, "https://image.tmdb.org/t/p/w342")]
    [InlineData(Tmdb, "https://image.tmdb.org/t/p/original/abc.jpg")]
    [InlineData(Tmdb, "file:///etc/passwd")]
    [InlineData(Tmdb, "ftp://image.tmdb.org/t/p/w342/abc.jpg")]
    [InlineData(Tmdb, "https://")]
    [InlineData(Tmdb, "://")]
    [InlineData("https://h/{id}/{cover}", "https://h/7/abc.jpg")] // another placeholder
    [InlineData("covers/{cover}", "https://evil.org/abc.jpg")]
    [InlineData("{cover}", "file:///etc/passwd")]
    [InlineData("{cover}", "http://169.254.169.254/latest/meta-data")]
    public void PlaceOf_AnyOtherUrl_IsForbidden(string template, string location)
    {
        CoverPlace place = PlaceOf(template, location);

        Assert.Equal((null, FailureReason.Forbidden), (place.Path, place.Reason));
        Assert.StartsWith("The location of the cover is a URL ", place.Absence, StringComparison.Ordinal);
        Assert.DoesNotContain("password@", place.Absence, StringComparison.Ordinal);
    }

    [Fact]
    public void PlaceOf_UrlOfAnotherServer_NamesTheServerOnly() => Assert.Equal(
        "The location of the cover is a URL of https://evil.org:8443, which begins like none of Etl:Fetch:Locations. "
        + "Add its server to them, with {cover} for the rest.",
        PlaceOf(Tmdb, "https://user:secret@evil.org:8443/abc.jpg?token=secret").Absence);

    [Theory]
    [InlineData("..")]
    [InlineData("../secret")]
    [InlineData("/../secret")]
    [InlineData("a/../../secret")]
    [InlineData("a/..")]
    [InlineData("..\\secret")]
    [InlineData("a\\b")]
    [InlineData("a\0b")]
    [InlineData("a\nb")]
    [InlineData("a/\u0085")]
    [InlineData("/abc.jpg\r")]
    public void PlaceOf_LocationThatNamesNothingBelow_IsForbidden(string location) => Assert.All(
        [Tmdb, "https://h/{cover}", "https://h/?file={cover}", "covers/{cover}", "covers{cover}", "{cover}", "covers/{id}/{cover}.*"],
        template =>
        {
            Assert.SkipWhen(OperatingSystem.IsWindows(), "A backslash separates folders there.");
            CoverPlace place = PlaceOf(template, location);

            Assert.Equal((null, FailureReason.Forbidden), (place.Path, place.Reason));
            Assert.Equal($"The location {location} of the cover cannot be used in a path or URL.", place.Absence);
        });

    [Theory]
    [InlineData("covers{cover}", "-secret/abc.jpg")]
    [InlineData("covers/m-{cover}", "a/abc.jpg")]
    [InlineData("https://h/t/p/w342{cover}", "x/abc.jpg")]
    [InlineData("covers/{id}{cover}", "a/abc.jpg")]
    public void PlaceOf_LocationThatWouldNameAnotherFolder_IsForbidden(string template, string location) =>
        Assert.Equal((null, FailureReason.Forbidden), (PlaceOf(template, location).Path, PlaceOf(template, location).Reason));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("///")]
    public void PlaceOf_NoLocation_IsNone(string? location)
    {
        CoverPlace place = PlaceOf(Tmdb, location);

        Assert.Equal((null, FailureReason.NotFound), (place.Path, place.Reason));
        Assert.Equal("the movie has no value of Etl:Query:CoverColumn", place.Absence);
    }

    [Fact]
    public void PlaceOf_LocationThatIsTooLong_IsForbiddenWithoutIt()
    {
        CoverPlace longest = PlaceOf(Tmdb, "/" + new string('a', StoredLocation.MaxLength - 1));
        CoverPlace tooLong = PlaceOf(Tmdb, "/" + new string('a', StoredLocation.MaxLength));

        Assert.NotNull(longest.Path);
        Assert.Equal((null, FailureReason.Forbidden), (tooLong.Path, tooLong.Reason));
        Assert.True(tooLong.Absence!.Length < 100);
    }

    [Theory]
    [InlineData("covers/{cover}", true)]
    [InlineData("covers/{id}/{cover}", false)]
    [InlineData("covers/{id}.jpg", false)]
    [InlineData("one.jpg", false)]
    public void PlaceOf_IdThatNamesNoFile_MattersWhereTheIdNamesTheCover(string template, bool isPlaced)
    {
        var movie = new Movie(default, new MovieId("../7")) { Location = "a.jpg" };

        Assert.Equal(isPlaced, new LocationTemplate(template).PlaceOf(movie).Path is not null);
    }

    private static CoverPlace PlaceOf(string template, string? location) =>
        new LocationTemplate(template).PlaceOf(new Movie(default, new MovieId(7L)) { Location = location });
}
