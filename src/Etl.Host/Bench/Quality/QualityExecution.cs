using PaletteEtl.Covers;

namespace Etl.Host.Bench.Quality;

/// <summary>Measures the quality of every mode on all cores, cover by cover.</summary>
internal static class QualityExecution
{
    /// <param name="folder">The covers.</param>
    /// <param name="tell">Is told what is measured.</param>
    /// <param name="stopping">Ends it.</param>
    public static async Task<QualityResult> RunAsync(BenchFolder folder, Action<string> tell, CancellationToken stopping)
    {
        QualityMode[] modes = QualityMode.All();
        CoverQuality[][] covers = new CoverQuality[folder.Covers.Count][];
        int done = 0;
        var telling = new Lock();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = stopping };
        await Parallel.ForAsync(0, covers.Length, parallel, (i, _) =>
        {
            using Cover cover = BenchFolder.Read(folder.Covers[i]);
            covers[i] = Measure(cover, modes);
            lock (telling)
            {
                tell($"measuring the palettes of {covers.Length} covers: {++done}");
            }

            return ValueTask.CompletedTask;
        });
        return new QualityResult(
            folder.LeftOut, [.. modes.Select((mode, i) => new ModeQuality(mode.Name, [.. covers.Select(cover => cover[i])]))]);
    }

    /// <summary>The quality of each mode on one cover.</summary>
    public static CoverQuality[] Measure(Cover cover, QualityMode[] modes)
    {
        using var decoded = FullSizeCover.Decode(cover);
        var truth = CoverTruth.Of(decoded);
        byte[][] reencoded = Reencoding.Applies(cover.Bytes) ? [.. Reencoding.All.Select(way => way.Encode(decoded.Bitmap))] : [];
        return [.. modes.Select(mode => CoverQuality.Of(truth, mode.PalettesOf(cover.Bytes, reencoded)))];
    }
}
