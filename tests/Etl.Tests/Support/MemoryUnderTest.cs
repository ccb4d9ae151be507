using Etl.Contracts;
using Etl.Contracts.Catalogue;
using Microsoft.Extensions.Time.Testing;
using PaletteEtl.Catalogue;
using PaletteEtl.Model;
using PaletteEtl.Palettes;

namespace Etl.Tests.Support;

/// <summary>A catalogue in memory, for the contracts of its ports.</summary>
internal sealed class MemoryUnderTest : CatalogueUnderTest
{
    private readonly MemoryCatalogue _catalogue;

    public MemoryUnderTest() => _catalogue = new MemoryCatalogue(Clock);

    public override IMovieSource Movies => _catalogue;

    public override IPaletteSink Sink => _catalogue;

    public override IPalettes Palettes => _catalogue;

    public override IDeadLetters DeadLetters => _catalogue;

    public override IDamagedPalettes DamagedPalettes => _catalogue;

    public override ICatalogueStatus Status => _catalogue;

    public override FakeTimeProvider Clock { get; } = new();

    public override void Add(MovieId id, Palette? palette) => _catalogue.Set(id, palette);

    public override void Fill(MovieId id, Palette palette) => _catalogue.Set(id, palette);

    public override void Remove(MovieId id) => _catalogue.Remove(id);
}
