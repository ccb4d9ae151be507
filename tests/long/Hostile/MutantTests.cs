using Etl.IntegrationTests.Hostile;

namespace Etl.LongTests.Hostile;

/// <summary><c>ETL_MUTANTS</c> sets the number of covers.</summary>
public sealed class MutantTests(ITestOutputHelper output) : MutantTest(Variable.Number("ETL_MUTANTS", 1_500), output);
