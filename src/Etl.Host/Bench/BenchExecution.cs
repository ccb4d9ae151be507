using PaletteEtl.Covers;

namespace Etl.Host.Bench;

/// <summary>Measures every way: first how good its palettes are, then how fast it is, all in turns.</summary>
internal static class BenchExecution
{
    /// <summary>So many that neither the slowest nor the fastest counts.</summary>
    public const int Rounds = 5;

    /// <param name="folder">The covers.</param>
    /// <param name="length">How long each measurement lasts, all rounds together.</param>
    /// <param name="tell">Is told what is measured.</param>
    /// <param name="stopping">Ends it.</param>
    public static async Task<IReadOnlyList<Way>> RunAsync(
        BenchFolder folder, TimeSpan length, Action<string> tell, CancellationToken stopping)
    {
        Way[] ways = [.. Way.On(folder)];
        (Way Way, Measurement Measurement)[] turns = [.. ways.SelectMany(way => way.Measurements.Select(measurement => (way, measurement)))];
        tell($"measuring the palettes of {folder.Covers.Count} covers");
        await MeasurePalettesAsync(ways, folder.Covers, stopping);
        foreach ((Way way, Measurement measurement) in turns)
        {
            tell($"warming up: {way}, {measurement.Name}");
            await measurement.PrepareAsync(length / Rounds, stopping);
        }

        for (int round = 1; round <= Rounds; round++)
        {
            foreach ((Way way, Measurement measurement) in turns)
            {
                tell($"round {round} of {Rounds}: {way}, {measurement.Name}");
                await measurement.MeasureAsync(stopping);
            }
        }

        return ways;
    }

    private static async Task MeasurePalettesAsync(Way[] ways, IReadOnlyList<string> covers, CancellationToken stopping)
    {
        double[][] errors = [.. ways.Select(_ => new double[covers.Count])];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = stopping };
        await Parallel.ForAsync(0, covers.Count, parallel, (i, _) =>
        {
            using Cover cover = BenchFolder.Read(covers[i]);
            var sample = PixelSample.Of(cover);
            for (int way = 0; way < ways.Length; way++)
            {
                errors[way][i] = PaletteError.Of(sample, ways[way].PaletteOf(covers[i]));
            }

            return ValueTask.CompletedTask;
        });
        for (int way = 0; way < ways.Length; way++)
        {
            ways[way].PaletteError = errors[way].Average();
        }
    }
}
