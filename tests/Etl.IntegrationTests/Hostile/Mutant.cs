namespace Etl.IntegrationTests.Hostile;

/// <summary>A damaged cover.</summary>
/// <param name="Damage">How it was damaged, as one of the kinds that are counted.</param>
/// <param name="Bytes">What became of it.</param>
internal sealed record Mutant(string Damage, byte[] Bytes);
