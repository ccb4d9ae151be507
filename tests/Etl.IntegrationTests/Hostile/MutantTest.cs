namespace Etl.IntegrationTests.Hostile;

/// <summary>Damaged covers through the real <c>etl</c>.</summary>
/// <param name="count">The number of covers.</param>
/// <param name="output">Receives a table of the outcomes.</param>
public abstract class MutantTest(int count, ITestOutputHelper output)
{
    private static readonly string[] Reasons = ["corrupt", "empty", "too_many_pixels", "truncated", "unsupported_format"];

    [Fact]
    public async Task Run_DamagedCovers_EachIsAPaletteOrADeadLetterWithinTheBudgets()
    {
        Mutants mutants = Mutants.OfAllImages();
        using var run = new HostileRun();
        string[] damage = [.. Enumerable.Range(0, count).Select(number => Add(run, mutants.Make(number)))];

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
