using Etl.IntegrationTests.Hostile;

namespace Etl.LongTests.Hostile;

/// <summary>Damaged covers through the real <c>etl</c>. <c>ETL_MUTANTS</c> sets the number of covers.</summary>
public sealed class MutantTests(ITestOutputHelper output)
{
    private static readonly int Count = Variable.Number("ETL_MUTANTS", 1_500);
    private static readonly string[] Reasons = ["corrupt", "empty", "too_many_pixels", "truncated", "unsupported_format"];

    [Fact]
    public async Task Run_DamagedCovers_EachIsAPaletteOrADeadLetterWithinTheBudgets()
    {
        Mutants mutants = Mutants.OfAllImages();
        using var run = new HostileRun();
        string[] damage = [.. Enumerable.Range(0, Count).Select(number => Add(run, mutants.Make(number)))];

        IReadOnlyList<CoverOutcome> outcomes = await run.RunAsync();

        (string Damage, CoverOutcome Outcome)[] all = [.. damage.Zip(outcomes)];
        new OutcomeTable(run, all).WriteTo(output);
        Assert.All(all, pair => Assert.True(
            pair.Outcome.Palette is not null ? pair.Outcome.Palette.Count(c => c == '[') == 7 : Reasons.Contains(pair.Outcome.Reason),
            $"{pair}"));
        Assert.DoesNotContain(all, pair => pair is { Damage: Mutants.CutOff, Outcome.Reason: "corrupt" });
        Assert.InRange(run.PeakMemory, 0, OutcomeTable.MostMemory);
        Assert.InRange(run.Longest, TimeSpan.Zero, HostileRun.MostTime);
    }

    private static string Add(HostileRun run, Mutant mutant)
    {
        run.Add(mutant.Bytes);
        return mutant.Damage;
    }
}
