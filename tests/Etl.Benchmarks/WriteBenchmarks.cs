using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.DependencyInjection;
using PaletteEtl.Catalogue;
using PaletteEtl.Model;
using PaletteEtl.Palettes;

namespace Etl.Benchmarks;

/// <summary>Writing one batch of palettes and committing it; the palettes are emptied again before each.</summary>
[MemoryDiagnoser]
public class WriteBenchmarks
{
    private const int BatchSize = 256;

    private Catalogues? _catalogues;
    private ServiceProvider? _services;
    private IPaletteSink? _sink;
    private readonly Outcome[] _outcomes = new Outcome[BatchSize];
    private Item<Palette>[] _batch = [];

    [GlobalSetup]
    public void Create()
    {
        _catalogues = new Catalogues();
        _catalogues.Create(movies: 100_000, otherBytes: 0);
        _services = _catalogues.Services();
        _sink = _services.GetRequiredService<IPaletteSink>();
        _sink.Open();
        var palette = new Palette(new(124, 198, 203), new(214, 191, 131), new(32, 32, 32), new(187, 130, 126), new(111, 105, 101), new(9, 8, 7));
        _batch = [.. _services.GetRequiredService<IMovieSource>().ReadMissing(CancellationToken.None).Take(BatchSize).Select(movie => new Item<Palette>(movie, palette))];
    }

    [IterationSetup]
    public void Reset() => _catalogues!.Reset();

    [GlobalCleanup]
    public void Release()
    {
        _sink?.Close();
        _services?.Dispose();
        _catalogues?.Dispose();
    }

    [Benchmark(OperationsPerInvoke = BatchSize, Description = "Write, a palette of a batch")]
    public long Write() => _sink!.Write(_batch, _outcomes).Written;
}
