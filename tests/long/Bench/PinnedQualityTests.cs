using System.Globalization;
using Etl.Host.Bench.Quality;
using Etl.IntegrationTests.Bench.Quality;
using PaletteEtl.Covers;
using PaletteEtl.Model;

namespace Etl.LongTests.Bench;

/// <summary>Holds the quality of drawn posters against <c>pinned.tsv</c>, so that no change of it goes unnoticed.</summary>
public sealed class PinnedQualityTests
{
    private const double Tolerance = 0.05;

    private static readonly string Table = Repository.PathOf("tests/long/Bench/pinned.tsv");

    [Fact]
    public async Task Measure_DrawnPosters_HavePinnedQuality()
    {
        string[] pinned = await File.ReadAllLinesAsync(Table);
        string[] rows = [.. Rows()];

        string[] changes = [.. rows.Zip(pinned).Where(static row => !AreAlike(row.First, row.Second)).Select(static row => $"{row.Second} was pinned\n{row.First}")];

        Assert.Equal(pinned.Length, rows.Length);
        Assert.True(changes.Length == 0, $"Pin the new values with -method '*{nameof(Table_OfDrawnPosters_IsWritten)}' -explicit only:\n{string.Join('\n', changes)}");
    }

    [Fact(Explicit = true)]
    public Task Table_OfDrawnPosters_IsWritten() => File.WriteAllLinesAsync(Table, Rows());

    private static IEnumerable<string> Rows()
    {
        QualityMode[] modes = QualityMode.All();
        yield return "poster\tmode\tfamilies\tpalette error\tCIEDE2000\tp95\tworst colour\tmoved";
        foreach ((string name, byte[] bytes) in DrawnPosters.All)
        {
            using var cover = Cover.Of(bytes, new CoverVersion(null, null, null));
            foreach ((QualityMode mode, CoverQuality quality) in modes.Zip(QualityExecution.Measure(cover, modes)))
            {
                yield return RowOf(name, mode.Name, quality);
            }
        }
    }

    private static string RowOf(string name, string mode, CoverQuality quality)
    {
        string families = quality.LosesFamily switch { null => "none", true => "lost", false => "kept" };
        string moved = quality.Moves.Count > 0 ? quality.Moves.Average(static move => move.Distance).ToString("0.00", CultureInfo.InvariantCulture) : "-";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{name}\t{mode}\t{families}\t{quality.PaletteError:0.00}\t{quality.Differences.Mean:0.00}\t{quality.Differences.P95:0.00}\t{quality.Worst:0.00}\t{moved}");
    }

    /// <summary>Whether rows have the same words, and numbers that are nearly the same: processors may round in different ways.</summary>
    private static bool AreAlike(string row, string pinned)
    {
        string[] cells = row.Split('\t'), pinnedCells = pinned.Split('\t');
        return cells.Length == pinnedCells.Length && cells.Zip(pinnedCells).All(static pair => pair.First == pair.Second
            || (double.TryParse(pair.First, CultureInfo.InvariantCulture, out double number)
                && double.TryParse(pair.Second, CultureInfo.InvariantCulture, out double other) && Math.Abs(number - other) <= Tolerance));
    }
}
