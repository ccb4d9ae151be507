using Etl.IntegrationTests.Run;

namespace Etl.IntegrationTests.Recovery;

/// <summary>One kill in the middle of a run. Kills at random moments are in <c>tests/long</c>.</summary>
public sealed class KillTests
{
    private const int Movies = 40, Answered = 20, Killed = 128 + 9;

    [Theory]
    [InlineData("delete")]
    [InlineData("wal")]
    public async Task Run_KilledHalfway_TheNextRunWritesTheRestAndNothingTwice(string journalMode)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Processes are killed with kill(2).");
        using var catalogue = new ChaosCatalogue(Movies, journalMode);
        await EtlProcess.RunAsync(catalogue.Folder, Arguments());
        IReadOnlyDictionary<string, string> expected = catalogue.Palettes();
        catalogue.StartOver();
        await using SlowCovers covers = await SlowCovers.StartAsync(Answers.FileOf(catalogue.PathOf("covers")), requests: Answered);
        using EtlProcess killed = EtlProcess.Start(
            catalogue.Folder, Arguments("--set", $"Etl:Fetch:Locations:0={covers.Location}", "--set", "Etl:Write:BatchSize=4"));
        covers.Let(Answered);
        await Eventually.Holds(() => catalogue.Missing < Movies);

        killed.Kill();
        int code = (await killed.EndAsync()).ExitCode;
        int left = catalogue.Missing;
        EtlOutput next = await EtlProcess.RunAsync(catalogue.Folder, Arguments());

        Assert.Equal((Killed, 0), (code, next.ExitCode));
        Assert.InRange(left, Movies - Answered, Movies - 1);
        Assert.Equal(expected, catalogue.Palettes());
        Assert.Empty(catalogue.NotWrittenOnce());
        Assert.Equal(("ok", journalMode), (catalogue.Integrity(), catalogue.JournalMode()));
        Assert.False(Directory.Exists(catalogue.PathOf("movies.db-decoding")));
    }

    private static string[] Arguments(params string[] more) => ["run", "--quiet", .. ChaosCatalogue.Settings, .. more];
}
