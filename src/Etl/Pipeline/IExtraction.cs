using System.Threading.Tasks.Dataflow;
using PaletteEtl.Palettes;

namespace PaletteEtl.Pipeline;

/// <summary>Makes palettes of movies: the middle of the graph, in this process or on other machines. Used by one run
/// at a time.</summary>
internal interface IExtraction
{
    /// <summary>Maximum number of movies on other machines; null when none take part.</summary>
    int? MoviesElsewhere { get; }

    /// <summary>The block of a run. It completes once its input has and each movie has come out, with a palette or a failure;
    /// it never faults: what is no movie's failure aborts the run, and movies are dropped from then on.</summary>
    IPropagatorBlock<Item<Movie>, Item<Palette>> Create(EtlRun run, RunAbort abort);

    /// <summary>Releases what the run needed.</summary>
    Task CloseAsync();
}
