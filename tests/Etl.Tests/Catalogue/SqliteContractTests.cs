using Etl.Contracts.Catalogue;

namespace Etl.Tests.Catalogue;

/// <summary>The SQLite catalogue holds to the contracts of its ports.</summary>
public static class SqliteContractTests
{
    public sealed class MovieSource() : MovieSourceContract(new SqliteUnderTest(SqliteUnderTest.Rowids));

    public sealed class PaletteSink() : PaletteSinkContract(new SqliteUnderTest(SqliteUnderTest.Rowids));

    public sealed class Palettes() : PalettesContract(new SqliteUnderTest(SqliteUnderTest.Rowids));

    public sealed class DeadLetters() : DeadLettersContract(new SqliteUnderTest(SqliteUnderTest.Rowids));

    public sealed class DamagedPalettes() : DamagedPalettesContract(new SqliteUnderTest(SqliteUnderTest.Rowids));

    public sealed class CatalogueStatus() : CatalogueStatusContract(new SqliteUnderTest(SqliteUnderTest.Rowids));

    public sealed class MovieSourceWithoutRowids() : MovieSourceContract(new SqliteUnderTest(SqliteUnderTest.PrimaryKeys));

    public sealed class PaletteSinkWithoutRowids() : PaletteSinkContract(new SqliteUnderTest(SqliteUnderTest.PrimaryKeys));

    public sealed class PalettesWithoutRowids() : PalettesContract(new SqliteUnderTest(SqliteUnderTest.PrimaryKeys));
}
