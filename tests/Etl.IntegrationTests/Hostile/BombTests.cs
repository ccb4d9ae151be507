namespace Etl.IntegrationTests.Hostile;

/// <summary>Files that ask for much take neither memory nor time beyond the bounds.</summary>
public sealed class BombTests
{
    private const int Mebi = 1 << 20;

    /// <summary>A warm process, and covers of some megabytes.</summary>
    private const long MostMemory = 150_000_000;

    [Fact]
    public async Task Run_HeadersThatPromiseTooManyPixels_AreRefusedBeforeMemoryIsTaken()
    {
        using var run = new HostileRun();
        byte[][] bombs =
        [
            Bombs.Jpeg(65_535, scans: 0), Bombs.Png(65_535, 65_535), Bombs.Png(int.MaxValue / 4, 1), Bombs.Gif(65_535, 65_535, frames: 1),
            Bombs.Bmp(65_535, 65_535), Bombs.Bmp(65_535, -65_535), Bombs.Bmp(1, int.MinValue), Bombs.WebP(16_384, 16_384),
            Bombs.WebP(1 << 24, 256), Bombs.Jpeg(12_000, scans: 1), Bombs.Png(13_000, 13_000), Bombs.Gif(6_400, 6_400, frames: 1),
        ];
        Array.ForEach(bombs, bomb => run.Add(bomb));

        IReadOnlyList<CoverOutcome> outcomes = await run.RunAsync();

        Assert.All(outcomes, outcome => Assert.Equal("too_many_pixels", outcome.Reason));
        Assert.InRange(run.PeakMemory, 0, MostMemory);
        Assert.InRange(run.Longest, TimeSpan.Zero, HostileRun.MostTime);
    }

    [Fact]
    public async Task Run_PartsThatGrow_AreBounded()
    {
        using var run = new HostileRun();
        byte[] text = Bombs.CompressedChunk("zTXt", 4 * Mebi);
        run.Add(Bombs.Jpeg(2_000, scans: 5_000));
        run.Add(Bombs.Jpeg(2_000, scans: 50));
        run.Add(Bombs.Png(10, 1, [.. Enumerable.Repeat(text, 100)]));
        run.Add(Bombs.Png(10, 1, Bombs.CompressedChunk("zTXt", 256 * Mebi)));
        run.Add(Bombs.Png(10, 1, Bombs.CompressedChunk("iCCP", 256 * Mebi)));
        run.Add(Bombs.Gif(10, 10, frames: 100_000));

        IReadOnlyList<CoverOutcome> outcomes = await run.RunAsync();

        Assert.Equal(["corrupt", "palette", "palette", "palette", "palette", "palette"], outcomes.Select(outcome => outcome.Kind));
        Assert.InRange(run.PeakMemory, 0, MostMemory);
        Assert.InRange(run.Longest, TimeSpan.Zero, HostileRun.MostTime);
    }

    [Fact]
    public async Task Run_CoverTakesTooLong_IsATimeout()
    {
        using var run = new HostileRun();
        run.Add(Bombs.Jpeg(8_000, scans: 90)); // for which a decoder visits 90 million coefficients many times over

        CoverOutcome outcome = Assert.Single(await run.RunAsync("Etl:Decode:Timeout=00:00:00.010"));

        Assert.Equal(("timeout", "Decoding the cover took longer than 00:00:00.0100000."), (outcome.Reason, outcome.Message));
    }
}
