using Etl.Contracts.Catalogue;

namespace Etl.Tests.Catalogue;

/// <summary>The catalogue in memory holds to the contracts of its ports.</summary>
public static class MemoryContractTests
{
    public sealed class MovieSource() : MovieSourceContract(new MemoryUnderTest());

    public sealed class PaletteSink() : PaletteSinkContract(new MemoryUnderTest());

    public sealed class Palettes() : PalettesContract(new MemoryUnderTest());

    public sealed class DeadLetters() : DeadLettersContract(new MemoryUnderTest());

    public sealed class DamagedPalettes() : DamagedPalettesContract(new MemoryUnderTest());

    public sealed class CatalogueStatus() : CatalogueStatusContract(new MemoryUnderTest());
}
