namespace Etl.IntegrationTests.Hostile;

/// <summary>A sample of the mutants of <c>tests/long</c>.</summary>
public sealed class MutantTests(ITestOutputHelper output) : MutantTest(count: 300, output);
