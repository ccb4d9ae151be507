using PaletteEtl.Pipeline;

namespace Etl.IntegrationTests.Library;

/// <summary>Damaged covers through the whole pipeline.</summary>
public sealed class DamagedCoverTests : IDisposable
{
    private readonly LibraryCatalogue _catalogue = new(movies: 4);

    public DamagedCoverTests()
    {
        _catalogue.Cover(1, Asset.Bytes("rgba.png"));
        _catalogue.Cover(2, DamagedPng.Bytes);
        _catalogue.Cover(3, Asset.Bytes("baseline.jpg"));
        _catalogue.Cover(4, Asset.Bytes("baseline.jpg").AsSpan(0, 1_000));
    }

    public void Dispose() => _catalogue.Dispose();

    [Fact]
    public async Task RunAsync_DamagedCovers_AreWrittenAndListed()
    {
        _catalogue.Settings["Etl:Decode:AcceptTruncated"] = "true";

        RunReport report = await _catalogue.RunAsync();

        Assert.Equal((4, 2, 0), (report.Written, report.Damaged, report.DeadLetters));
        Assert.Equal(
            ["2|The cover is a damaged PNG: the checksum of its chunk tEXt is wrong.", "4|The cover is a JPEG that ends too early"],
            _catalogue.Query("SELECT movie_id, message FROM etl_damaged ORDER BY movie_id").Select((row, i) => i == 1 ? row.Split(':')[0] : row));
        Assert.Equal(["2", "4"], _catalogue.Query(
            "SELECT movie_id FROM etl_damaged JOIN movies ON id = movie_id AND palette = palette_json WHERE cover_size > 0 ORDER BY 1"));
    }

    [Fact]
    public async Task RunAsync_Strict_DamagedCoversAreDeadLetters()
    {
        _catalogue.Settings["Etl:Decode:AcceptTruncated"] = "true";
        _catalogue.Settings["Etl:Decode:Strict"] = "true";

        RunReport report = await _catalogue.RunAsync();

        Assert.Equal((2, 0, 2), (report.Written, report.Damaged, report.DeadLetters));
        Assert.Equal(["2|corrupt", "4|truncated"], _catalogue.Query("SELECT movie_id, reason FROM etl_dead_letters ORDER BY movie_id"));
    }

    [Fact]
    public async Task RunAsync_CoverIsReplacedByAWholeOne_IsNotListedAnyMore()
    {
        await _catalogue.RunAsync();
        _catalogue.Cover(2, Asset.Bytes("rgba.png"));
        _catalogue.Execute("UPDATE movies SET palette_json = NULL WHERE id = 2");

        RunReport report = await _catalogue.RunAsync();

        Assert.Equal((1, 0), (report.Written, report.Damaged));
        Assert.Empty(_catalogue.Query("SELECT * FROM etl_damaged"));
    }
}
