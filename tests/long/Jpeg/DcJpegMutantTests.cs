using Etl.IntegrationTests.Jpeg;

namespace Etl.LongTests.Jpeg;

/// <summary><c>ETL_DC_MUTANTS</c> sets the number of JPEGs.</summary>
public sealed class DcJpegMutantTests(ITestOutputHelper output) : DcJpegMutantTest(Variable.Number("ETL_DC_MUTANTS", 3_000), output);
