using PaletteEtl.Catalogue;
using PaletteEtl.Covers;
using PaletteEtl.Palettes;

namespace PaletteEtl.Pipeline;

/// <summary>The options that a run depends on.</summary>
/// <param name="Query">Names the catalogue in the log.</param>
/// <param name="Fetch">The stage that fetches.</param>
/// <param name="Decode">The stage that decodes, and its memory.</param>
/// <param name="Quantize">The stage that quantizes.</param>
/// <param name="Write">The batches.</param>
/// <param name="DeadLetters">The number of dead letters that ends a run.</param>
/// <param name="DrainTimeout">The maximum duration of a drain.</param>
internal sealed record RunOptions(
    QueryOptions Query,
    FetchOptions Fetch,
    DecodeOptions Decode,
    QuantizeOptions Quantize,
    WriteOptions Write,
    DeadLetterLimit DeadLetters,
    TimeSpan DrainTimeout);
