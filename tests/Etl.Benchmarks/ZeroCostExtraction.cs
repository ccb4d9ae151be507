using System.Threading.Tasks.Dataflow;
using PaletteEtl.Model;
using PaletteEtl.Palettes;
using PaletteEtl.Pipeline;

namespace Etl.Benchmarks;

/// <summary>An extraction that costs nothing, so that what is around it is measured.</summary>
internal sealed class ZeroCostExtraction : IExtraction
{
    public static readonly Palette Any =
        new(new(124, 198, 203), new(214, 191, 131), new(32, 32, 32), new(187, 130, 126), new(111, 105, 101), new(140, 148, 140));

    public static readonly CoverVersion AnyVersion = new(4_711, null, null);

    public int? MoviesElsewhere => null;

    public IPropagatorBlock<Item<Movie>, Item<Palette>> Create(EtlRun run, RunAbort abort) =>
        new TransformBlock<Item<Movie>, Item<Palette>>(
            static item => item.With(Any) with { Version = AnyVersion }, new ExecutionDataflowBlockOptions { BoundedCapacity = 256 });

    public Task CloseAsync() => Task.CompletedTask;
}
