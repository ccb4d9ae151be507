using Etl.IntegrationTests.Avif;

namespace Etl.LongTests.Avif;

/// <summary><c>ETL_MUTANTS</c> sets the number of AVIFs.</summary>
public sealed class Dav1dMutantTests(ITestOutputHelper output) : Dav1dMutantTest(Variable.Number("ETL_MUTANTS", 2_000), output);
