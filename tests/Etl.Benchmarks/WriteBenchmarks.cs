using BenchmarkDotNet.Attributes;
using Etl.Pipeline;
using Etl.Quantize;
using Etl.Query;
using Etl.Write;
using Microsoft.Extensions.Options;

namespace Etl.Benchmarks;

/// <summary>Writing one batch of palettes and committing it; the palettes are emptied again before each.</summary>
[MemoryDiagnoser]
public class WriteBenchmarks
{
    private const int BatchSize = 256;

    private Catalogues? _catalogues;
    private SqlitePaletteSink? _sink;
    private Item<Palette>[] _batch = [];

    [GlobalSetup]
    public void Create()
    {
        _catalogues = new Catalogues();
        _catalogues.Create(movies: 100_000, otherBytes: 0);
        IOptions<EtlOptions> options = Options.Create(new EtlOptions { Query = { Database = _catalogues.Database } });
        _sink = new SqlitePaletteSink(options, TimeProvider.System);
        _sink.Open();
        var palette = new Palette(new(124, 198, 203), new(214, 191, 131), new(32, 32, 32), new(187, 130, 126), new(111, 105, 101), new(9, 8, 7));
        _batch = [.. new SqliteMovieSource(options).ReadMissing(CancellationToken.None).Take(BatchSize).Select(movie => new Item<Palette>(movie, palette))];
    }

    [IterationSetup]
    public void Reset() => _catalogues!.Reset();

    [GlobalCleanup]
    public void Release()
    {
        _sink?.Close();
        _catalogues?.Dispose();
    }

    [Benchmark(OperationsPerInvoke = BatchSize, Description = "Write, a palette of a batch")]
    public long Write() => _sink!.Write(_batch).Written;
}
