namespace Etl.IntegrationTests.Hostile;

/// <summary>Broken and malicious files from fuzzers and bug reports, through the real <c>etl</c>.</summary>
public sealed class HostileFileTests(ITestOutputHelper output)
{
    private static readonly string Table = Path.Combine(AppContext.BaseDirectory, "Hostile", "outcomes.tsv");

    [Fact]
    public async Task Run_HostileFiles_EachEndsAsPinned()
    {
        Assert.SkipWhen(ReferenceImages.Folder is null, ReferenceImages.Absent);
        ReferenceImage[] images = [.. ReferenceImages.In("hostile")];
        Dictionary<string, string[]> pinned = File.ReadLines(Table).Select(line => line.Split('\t')).ToDictionary(row => row[0]);
        using var run = new HostileRun();
        Array.ForEach(images, image => run.Add(File.ReadAllBytes(image.Path)));

        IReadOnlyList<CoverOutcome> outcomes = await run.RunAsync();

        (ReferenceImage Image, CoverOutcome Outcome)[] all = [.. images.Zip(outcomes)];
        new OutcomeTable(run, [.. all.Select(pair => ("", pair.Outcome))]).WriteTo(output);
        Assert.Equal((149, 149), (all.Length, pinned.Count));
        string[] changed =
        [
            .. all.Where(pair => Shown(pair.Outcome) != pinned[pair.Image.File][1])
                .Select(pair => $"{pair.Image.File}\t{Shown(pair.Outcome)}\t{pair.Outcome.Message}"),
        ];
        Assert.True(changed.Length == 0, string.Join('\n', changed));
        Assert.Empty(all.Where(pair => Differs(pair.Image, pair.Outcome) != (pinned[pair.Image.File][2].Length > 0))
            .Select(pair => $"{pair.Image.File} differs from the reference and nothing says why, or the other way round"));
        Assert.InRange(run.PeakMemory, 0, OutcomeTable.MostMemory);
    }

    private static string Shown(CoverOutcome outcome) => outcome.Palette ?? outcome.Reason!;

    /// <summary>Whether one of the two has a palette that the other has not.</summary>
    private static bool Differs(ReferenceImage image, CoverOutcome outcome) => image.Palette != outcome.Palette;
}
