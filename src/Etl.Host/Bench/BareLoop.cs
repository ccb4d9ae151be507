using PaletteEtl.Covers;
using PaletteEtl.Covers.Formats;
using PaletteEtl.Palettes;

namespace Etl.Host.Bench;

/// <summary>Palettes of covers by the pipeline's own decoder and quantizer, without a graph and a database.</summary>
internal sealed class BareLoop(EtlOptions options, BenchFolder folder)
{
    private readonly CoverDecoder _decoder = CoverFormats.CreateDecoder(options.Decode, Quantizers.Of(options.Quantize).Needs);
    private readonly IQuantizer _quantizer = Quantizers.Of(options.Quantize);

    public Palette PaletteOf(string path)
    {
        using DecodedCover decoded = _decoder.Decode(BenchFolder.Read(path));
        return _quantizer.Quantize(decoded.Histogram);
    }

    /// <summary>One cover after the other.</summary>
    public Task<Speed> RunSerialAsync(int passes, CancellationToken stopping) => Speed.OfAsync(passes * folder.Covers.Count, () => Task.Run(
        () =>
        {
            for (int pass = 0; pass < passes; pass++)
            {
                foreach (string path in folder.Covers)
                {
                    stopping.ThrowIfCancellationRequested();
                    PaletteOf(path);
                }
            }
        },
        stopping));

    /// <summary>As many covers at once as there are cores.</summary>
    public Task<Speed> RunParallelAsync(int passes, CancellationToken stopping)
    {
        int total = passes * folder.Covers.Count;
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = stopping };
        return Speed.OfAsync(total, () => Parallel.ForAsync(0, total, parallel, (i, _) =>
        {
            PaletteOf(folder.Covers[i % folder.Covers.Count]);
            return ValueTask.CompletedTask;
        }));
    }
}
