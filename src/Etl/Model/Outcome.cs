namespace PaletteEtl.Model;

/// <summary>The outcome of a movie.</summary>
/// <param name="Kind">The kind of outcome.</param>
/// <param name="Failure">The failure that was stored; null unless it is a dead letter.</param>
/// <param name="IsDamaged">Whether its palette was written, and was made of a damaged cover.</param>
public readonly record struct Outcome(OutcomeKind Kind, Failure? Failure = null, bool IsDamaged = false);
