using Etl.IntegrationTests.Jpeg;

namespace Etl.LongTests.Jpeg;

/// <summary><c>ETL_MUTANTS</c> sets the number of JPEGs.</summary>
public sealed class TurboJpegMutantTests(ITestOutputHelper output) : TurboJpegMutantTest(Variable.Number("ETL_MUTANTS", 2_000), output);
