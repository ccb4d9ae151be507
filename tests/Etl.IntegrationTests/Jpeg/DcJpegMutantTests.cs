namespace Etl.IntegrationTests.Jpeg;

/// <summary>A sample of the mutants of <c>tests/long</c>.</summary>
public sealed class DcJpegMutantTests(ITestOutputHelper output) : DcJpegMutantTest(count: 1_000, output);
