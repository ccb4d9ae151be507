using Etl.Contracts;
using Microsoft.Extensions.DependencyInjection;
using PaletteEtl.Catalogue;
using PaletteEtl.Hosting;
using PaletteEtl.Palettes;
using PaletteEtl.Pipeline;

namespace Etl.IntegrationTests.Library;

/// <summary>The catalogue of a pipeline between runs, in another program.</summary>
public sealed class CatalogueAccessTests : IDisposable
{
    private readonly LibraryCatalogue _catalogue = new(movies: 3);

    public CatalogueAccessTests() => _catalogue.Cover(1, Asset.Bytes("baseline.jpg"));

    public void Dispose() => _catalogue.Dispose();

    [Fact]
    public async Task AddEtl_AfterARun_HasTheCatalogue()
    {
        await using ServiceProvider services = new ServiceCollection().AddEtl(_catalogue.Configuration).BuildServiceProvider();
        await services.GetRequiredService<EtlPipeline>().RunAsync().WaitAsync(TestTimeout);

        CatalogueStatus status = services.GetRequiredService<ICatalogueStatus>().Read();
        Palette? palette = services.GetRequiredService<IPalettes>().Find("1");
        var letters = services.GetRequiredService<IDeadLetters>();

        Assert.Equal((3, 2, 0), (status.Movies, status.Missing, services.GetRequiredService<IDamagedPalettes>().Count()));
        Assert.Equal(new PaletteExtractor().Extract(Asset.Bytes("baseline.jpg")), palette);
        Assert.Equal([new ReasonCount("not_found", 2)], letters.CountByReason());
        Assert.Equal(2, letters.Retry());
        Assert.All(letters.Read(), static letter => Assert.Equal(0, letter.Attempts));
    }

    [Fact]
    public void AddKeyedEtl_TwoCatalogues_HasEachUnderItsKey()
    {
        using var other = new LibraryCatalogue(movies: 5);
        using ServiceProvider services = new ServiceCollection()
            .AddKeyedEtl("films", _catalogue.Configuration)
            .AddKeyedEtl("series", other.Configuration)
            .BuildServiceProvider();

        Assert.Equal((3, 5), (MoviesOf("films"), MoviesOf("series")));
        Assert.Null(services.GetService<ICatalogueStatus>());

        long MoviesOf(string key) => services.GetRequiredKeyedService<ICatalogueStatus>(key).Read().Movies;
    }

    [Fact]
    public void AddEtl_StoreOfItsOwn_HasNoSqliteCatalogue()
    {
        var catalogue = new MemoryCatalogue();
        using ServiceProvider services = new ServiceCollection()
            .AddEtl(_catalogue.Configuration, etl =>
            {
                etl.Movies.Use(_ => catalogue);
                etl.Sink.Use(_ => catalogue);
            })
            .BuildServiceProvider();

        Assert.Null(services.GetService<IDeadLetters>());
    }
}
