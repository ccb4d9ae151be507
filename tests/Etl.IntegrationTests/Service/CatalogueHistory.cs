using System.Globalization;
using Etl.IntegrationTests.Run;

namespace Etl.IntegrationTests.Service;

/// <summary>The numbers of a catalogue over time, read from its database. Movies come and get palettes, and none goes.</summary>
internal sealed class CatalogueHistory(TestCatalogue catalogue)
{
    /// <summary>A count is a little older than its time.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(5);

    private readonly List<(DateTimeOffset At, CatalogueNumbers Numbers)> _read = [];

    /// <summary>Reads the numbers now.</summary>
    public CatalogueNumbers Read()
    {
        long[] numbers =
        [
            .. catalogue.Text(
                """
                SELECT count(*) || ' ' || count(nullif(palette_json, '')) || ' ' || (SELECT count(*) FROM etl_dead_letters) FROM movies
                """).Split(' ').Select(static number => long.Parse(number, CultureInfo.InvariantCulture)),
        ];
        var now = new CatalogueNumbers(numbers[0], numbers[1], numbers[2]);
        _read.Add((TimeProvider.System.GetUtcNow(), now));
        return now;
    }

    /// <summary>Numbers that others show are between those of the database when they were counted and those of now.</summary>
    /// <param name="shown">The numbers shown.</param>
    /// <param name="countedAt">The time of their count.</param>
    public void Contains(CatalogueNumbers shown, DateTimeOffset countedAt)
    {
        CatalogueNumbers before = _read.LastOrDefault(read => read.At <= countedAt - Slack, _read[0]).Numbers;
        CatalogueNumbers now = Read();
        Assert.InRange(shown.Movies, before.Movies, now.Movies);
        Assert.InRange(shown.Complete, before.Complete, now.Complete);
        Assert.InRange(shown.Failed, before.Failed, now.Failed);
    }
}
