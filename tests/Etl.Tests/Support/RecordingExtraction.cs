using System.Threading.Tasks.Dataflow;
using PaletteEtl.Model;
using PaletteEtl.Palettes;
using PaletteEtl.Pipeline;

namespace Etl.Tests.Support;

/// <summary>An extraction of one block that gives each movie its palette, and counts how often it is closed.</summary>
internal sealed class RecordingExtraction : IExtraction
{
    private int _closed;

    /// <summary>Called with each movie before its palette comes out, and with what ends the run.</summary>
    public Action<int, RunAbort> Before { get; init; } = static (_, _) => { };

    /// <summary>How often it was closed.</summary>
    public int Closed => Volatile.Read(ref _closed);

    public int? MoviesElsewhere => null;

    public IPropagatorBlock<Item<Movie>, Item<Palette>> Create(EtlRun run, RunAbort abort) =>
        new TransformBlock<Item<Movie>, Item<Palette>>(
            item =>
            {
                Before(Movies.Number(item.Movie), abort);
                return item.With(Movies.PaletteOf(Movies.Number(item.Movie)));
            },
            new ExecutionDataflowBlockOptions { BoundedCapacity = 1 });

    public Task CloseAsync()
    {
        Interlocked.Increment(ref _closed);
        return Task.CompletedTask;
    }
}
