using Etl.Contracts.Palettes;
using PaletteEtl.Palettes;

namespace Etl.Tests.Support;

/// <summary>Holds back every picture until it is opened, and counts those that are inside at once.</summary>
internal sealed class GatedQuantizer : IQuantizer, IDisposable
{
    private readonly MeanColorQuantizer _inner = new();
    private readonly ManualResetEventSlim _gate = new();
    private readonly Lock _lock = new();
    private int _inside;

    /// <summary>Pictures inside now.</summary>
    public int Inside => Volatile.Read(ref _inside);

    /// <summary>The most pictures that were inside at once.</summary>
    public int Most { get; private set; }

    public Needs Needs => _inner.Needs;

    public bool HasPopulation => _inner.HasPopulation;

    public void Open() => _gate.Set();

    public Palette Quantize(ColorHistogram histogram)
    {
        lock (_lock)
        {
            Most = Math.Max(Most, ++_inside);
        }

        Assert.True(_gate.Wait(TestTimeout));
        Interlocked.Decrement(ref _inside);
        return _inner.Quantize(histogram);
    }

    public void Dispose() => _gate.Dispose();
}
