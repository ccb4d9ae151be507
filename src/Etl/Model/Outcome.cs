namespace PaletteEtl.Model;

/// <summary>What became of a movie.</summary>
/// <param name="Kind">Its outcome.</param>
/// <param name="Failure">The failure that was stored; null unless it is a dead letter.</param>
/// <param name="IsDamaged">Whether its palette was written, and was made of a damaged cover.</param>
public readonly record struct Outcome(OutcomeKind Kind, Failure? Failure = null, bool IsDamaged = false);
