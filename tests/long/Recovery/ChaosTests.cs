using System.Diagnostics;
using System.Globalization;
using Etl.IntegrationTests.Recovery;
using Etl.IntegrationTests.Run;

namespace Etl.LongTests.Recovery;

/// <summary>Kills the real process at random moments, starts it again, and compares what comes out with a run that was
/// left alone. <c>ETL_KILLS</c> sets how often.</summary>
public sealed class ChaosTests(ITestOutputHelper output)
{
    private const int Movies = 2_000, Killed = 128 + 9;
    private const double ShortestLife = 0.05, LongestLife = 0.9;

    /// <summary>Kills over both journal modes.</summary>
    private static int Kills => Variable.Number("ETL_KILLS", 20);

    [Theory]
    [InlineData("delete")]
    [InlineData("wal")]
    public async Task Run_KilledAtRandomMoments_WritesWhatARunLeftAloneWrites(string journalMode)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Processes are killed with kill(2).");
        using var catalogue = new ChaosCatalogue(Movies, journalMode);
        long started = Stopwatch.GetTimestamp();
        EtlOutput clean = await EtlProcess.RunAsync(catalogue.Folder, Arguments());
        TimeSpan whole = Stopwatch.GetElapsedTime(started);
        Assert.Equal(0, clean.ExitCode);
        IReadOnlyDictionary<string, string> expected = catalogue.Palettes();
        Assert.Equal(Movies, expected.Values.Distinct().Count(palette => palette.Length > 0));

        (int killed, int jobs, int isolated) = (0, 0, 0);
        while (killed < Kills / 2)
        {
            catalogue.StartOver();
            (int kills, int suspects) = await FinishAsync(catalogue, whole);
            (killed, jobs, isolated) = (killed + kills, jobs + 1, isolated + suspects);

            Assert.Equal(expected, catalogue.Palettes());
            Assert.Empty(catalogue.NotWrittenOnce());
            Assert.Equal(("ok", journalMode), (catalogue.Integrity(), catalogue.JournalMode()));
            Assert.False(Directory.Exists(catalogue.PathOf("movies.db-decoding")));
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"journal mode {journalMode}: {killed} kills in {jobs} jobs of {Movies} movies, {isolated} covers tried in a process of their own, "
            + $"0 palettes wrong, 0 lost, 0 written twice, {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s"));
    }

    /// <summary>Starts the job again and again until it gets to its end.</summary>
    /// <param name="catalogue">The job.</param>
    /// <param name="whole">Duration of the job without kills. Lives are a share of it, so that they are shorter on any machine.</param>
    private static async Task<(int Kills, int Suspects)> FinishAsync(ChaosCatalogue catalogue, TimeSpan whole)
    {
        (int kills, int suspects) = (0, 0);
        while (true)
        {
            using EtlProcess process = EtlProcess.Start(catalogue.Folder, Arguments());
            bool ended = await process.EndsWithin(whole * Life());
            if (!ended)
            {
                process.Kill();
            }

            EtlOutput life = await process.EndAsync();
            suspects += life.Errors.Split("It is decoded in a separate process").Length - 1;
            if (life.ExitCode == 0)
            {
                return (kills, suspects);
            }

            Assert.Equal(Killed, life.ExitCode);
            kills++;
        }
    }

    private static double Life() => ShortestLife + ((LongestLife - ShortestLife) * Random.Shared.NextDouble());

    private static string[] Arguments() => ["run", .. ChaosCatalogue.Settings, "--progress", "log"];
}
