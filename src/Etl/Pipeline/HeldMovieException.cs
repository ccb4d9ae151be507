namespace PaletteEtl.Pipeline;

/// <summary>The run drains while an outage holds the movie. The block drops it, so its palette is still missing for the next run.</summary>
internal sealed class HeldMovieException : OperationCanceledException;
