namespace Etl.IntegrationTests.Hostile;

/// <summary>A damaged cover.</summary>
/// <param name="Damage">The kind of damage, by which mutants are counted.</param>
/// <param name="Bytes">The damaged file.</param>
internal sealed record Mutant(string Damage, byte[] Bytes);
