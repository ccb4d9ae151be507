using System.Globalization;

namespace Etl.IntegrationTests.Hostile;

/// <summary>Outcomes by reason and by damage, with what the run took.</summary>
internal sealed class OutcomeTable(HostileRun run, IReadOnlyCollection<(string Damage, CoverOutcome Outcome)> outcomes)
{
    /// <summary>A warm process, and the default budgets of fetch and decode.</summary>
    public const long MostMemory = 100_000_000 + (128L << 20) + (192L << 20);

    public void WriteTo(ITestOutputHelper output)
    {
        string[] damages = [.. outcomes.Select(pair => pair.Damage).Distinct().Order(StringComparer.Ordinal)];
        output.WriteLine($"| outcome | all | {string.Join(" | ", damages)} |");
        foreach (IGrouping<string, (string Damage, CoverOutcome Outcome)> group in outcomes
            .GroupBy(pair => pair.Outcome.Kind).OrderByDescending(group => group.Count()))
        {
            IEnumerable<int> counts = damages.Select(damage => group.Count(pair => pair.Damage == damage));
            output.WriteLine($"| {group.Key} | {group.Count()} | {string.Join(" | ", counts)} |");
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{outcomes.Count} covers, peak memory {run.PeakMemory / 1e6:0} MB, longest for one {run.Longest.TotalMilliseconds:0} ms"));
    }
}
