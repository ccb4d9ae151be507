namespace Etl.IntegrationTests.Avif;

/// <summary>A sample of the mutants of <c>tests/long</c>.</summary>
public sealed class Dav1dMutantTests(ITestOutputHelper output) : Dav1dMutantTest(count: 500, output);
