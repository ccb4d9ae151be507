using System.Globalization;
using PaletteEtl.Catalogue;

namespace Etl.Tests.Catalogue;

public sealed class FailureCausesTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly FailureCauses _causes = new();

    [Fact]
    public void Top_MessagesDifferInTheMovieAlone_AreOneCauseSinceItsFirst()
    {
        for (int i = 0; i < 95; i++)
        {
            string id = (100 + i).ToString(CultureInfo.InvariantCulture);
            _causes.Add("fetch", "not_found", $"There is no cover at /mnt/7/{id}.jpg.", id, Noon.AddMinutes(50 - i));
        }

        Assert.Equal(1, _causes.Count);
        Assert.Equal([new FailureCause("fetch", "not_found", "There is no cover at /mnt/7/….jpg.", 95, Noon.AddMinutes(-44))], _causes.Top(5));
    }

    [Fact]
    public void Top_NumbersDiffer_AreOneCauseWithoutThem()
    {
        _causes.Add("decode", "truncated", "398 of its 628 rows could be read.", "a", Noon);
        _causes.Add("decode", "truncated", "12 of its 628 rows could be read.", "b", Noon);

        Assert.Equal("# of its # rows could be read.", Assert.Single(_causes.Top(5)).Message);
    }

    [Fact]
    public void Top_NumbersAreTheSame_KeepsThem()
    {
        _causes.Add("fetch", "unreachable", "http://127.0.0.1:80/a.jpg answered 503.", "a", Noon);
        _causes.Add("fetch", "unreachable", "http://127.0.0.1:80/b.jpg answered 503.", "b", null);

        Assert.Equal(
            new FailureCause("fetch", "unreachable", "http://127.0.0.1:80/….jpg answered 503.", 2, Noon), Assert.Single(_causes.Top(5)));
    }

    [Theory]
    [InlineData("1", "/7/1.jpg has 12 bytes", "/7/….jpg has 12 bytes")] // not within another number
    [InlineData("1", "1", "…")]
    [InlineData("", "x", "x")]
    [InlineData(null, "x", "x")]
    public void Top_Id_IsLeftOutWhereItStandsByItself(string? id, string message, string shown)
    {
        _causes.Add("fetch", "not_found", message, id, Noon);

        Assert.Equal(shown, Assert.Single(_causes.Top(5)).Message);
    }

    [Fact]
    public void Top_SeveralCauses_AreTheMostFrequentFirst()
    {
        _causes.Add("decode", "corrupt", "It is damaged.", "a", Noon);
        _causes.Add("decode", "truncated", "It ends too early.", "b", Noon);
        _causes.Add("decode", "truncated", "It ends too early.", "c", Noon);
        _causes.Add("fetch", "corrupt", "It is damaged.", "d", Noon.AddSeconds(1));

        Assert.Equal(3, _causes.Count);
        Assert.Equal([("truncated", "decode", 2L), ("corrupt", "decode", 1)], _causes.Top(2).Select(static cause => (cause.Reason, cause.Stage, cause.Count)));
    }

    [Fact]
    public void Top_EveryMessageDiffers_TellsABoundedNumberApart()
    {
        for (int i = 0; i < 5_000; i++)
        {
            _causes.Add("fetch", "not_found", new string('x', i), id: null, Noon);
        }

        Assert.Equal(1_001, _causes.Count);
        Assert.Equal(("Other messages.", 4_000), (_causes.Top(1)[0].Message, _causes.Top(1)[0].Count));
    }
}
