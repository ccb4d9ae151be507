namespace Etl.IntegrationTests.Jpeg;

/// <summary>A sample of the mutants of <c>tests/long</c>.</summary>
public sealed class TurboJpegMutantTests(ITestOutputHelper output) : TurboJpegMutantTest(count: 100, output);
