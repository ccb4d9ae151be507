namespace PaletteEtl.Covers;

/// <summary>How one cover is decoded, and under which limits.</summary>
/// <param name="Options">The options of the stage.</param>
/// <param name="Sampling">Which pixels are counted.</param>
/// <param name="Memory">Bytes that may be taken at all.</param>
/// <param name="Free">Bytes that can be taken without waiting.</param>
/// <param name="Deadline">When the cover has taken too long.</param>
internal readonly record struct DecodeContext(DecodeOptions Options, Sampling Sampling, long Memory, long Free, Deadline Deadline);
