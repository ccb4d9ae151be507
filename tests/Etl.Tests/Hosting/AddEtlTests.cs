using Etl.Contracts;
using Etl.Contracts.Covers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PaletteEtl.Hosting;
using PaletteEtl.Model;
using PaletteEtl.Pipeline;

namespace Etl.Tests.Hosting;

/// <summary>The registration of pipelines with a program's services.</summary>
public sealed class AddEtlTests
{
    [Theory]
    [InlineData("Etl:Query:Database", null)]
    [InlineData("Etl:Query:Database", "Etl")]
    [InlineData("etl:Query:Database", "etl")]
    [InlineData("Films:Etl:Query:Database", "Films")]
    [InlineData("Films:Etl:Query:Database", "Films:Etl")]
    public void AddEtl_RootOrSection_HasItsOptions(string key, string? section)
    {
        using ServiceProvider services = Services(Configuration((key, "films.db")), section);

        Assert.Equal("films.db", OptionsOf(services).Query.Database);
    }

    [Theory]
    [InlineData("Etl", null)]
    [InlineData("Logging:Level", null)]
    [InlineData("Logging:Level", "Etl")]
    public void AddEtl_NoOptions_HasTheDefaults(string key, string? section)
    {
        using ServiceProvider services = Services(Configuration((key, "")), section);

        Assert.Equal(new EtlOptions().Query.Database, OptionsOf(services).Query.Database);
    }

    [Theory]
    [InlineData("Elt:Query:Database", "Elt", "the section 'Elt' is not named Etl and has no section Etl. Fix: move the options to Elt:Etl,")]
    [InlineData("Etl:Query:Database", "Etl:Query", "the section 'Etl:Query' is not named Etl and has no section Etl. Fix: move the options to Etl:Query:Etl,")]
    [InlineData("Query:Database", null, "the configuration has the section Query and no section Etl. Fix: move the options to Etl,")]
    public void AddEtl_OptionsElsewhere_AreRefusedWithTheNameOfTheSection(string key, string? section, string problem)
    {
        using ServiceProvider services = Services(Configuration((key, "films.db")), section);

        var error = Assert.Throws<InvalidOperationException>(() => OptionsOf(services));
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AddEtl_OptionsOfTheProgram_AreValidated()
    {
        using ServiceProvider valid = new ServiceCollection().AddEtl(etl => etl.Quantize.ColorCount = 3).BuildServiceProvider();
        using ServiceProvider invalid = new ServiceCollection().AddEtl(etl => etl.Quantize.ColorCount = 21).BuildServiceProvider();

        Assert.Equal(3, OptionsOf(valid).Quantize.ColorCount);
        Assert.Throws<OptionsValidationException>(() => invalid.GetRequiredService<EtlPipeline>());
    }

    [Fact]
    public void AddEtl_OptionsConfiguredAfterwards_AreUsed()
    {
        using ServiceProvider services = new ServiceCollection()
            .AddEtl(Configuration(("Etl:Quantize:ColorCount", "3"), ("Etl:Decode:SampleStep", "5")))
            .Configure<EtlOptions>(static etl => etl.Quantize.ColorCount = 4)
            .BuildServiceProvider();

        Assert.Equal((4, 5), (OptionsOf(services).Quantize.ColorCount, OptionsOf(services).Decode.SampleStep));
    }

    [Fact]
    public void AddEtl_AgainOrWithAKeyTwice_IsRefused()
    {
        IServiceCollection services = new ServiceCollection().AddEtl(static _ => { }).AddKeyedEtl("films", static _ => { });

        Assert.Contains("AddKeyedEtl", Assert.Throws<InvalidOperationException>(() => services.AddEtl(static _ => { })).Message, StringComparison.Ordinal);
        Assert.Contains("'films'", Assert.Throws<InvalidOperationException>(() => services.AddKeyedEtl("films", static _ => { })).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => services.AddKeyedEtl("", static _ => { }));
    }

    [Fact]
    public void AddEtl_Extractor_HasTheOptionsAndTheQuantizerOfThePipeline()
    {
        using ServiceProvider services = new ServiceCollection()
            .AddEtl(static etl => etl.Quantize.ColorCount = 3)
            .AddKeyedEtl("mean", static _ => { }, static etl => etl.Quantizer.Use(static _ => new Contracts.Palettes.MeanColorQuantizer()))
            .BuildServiceProvider();

        Assert.Equal(3, services.GetRequiredService<PaletteExtractor>().Extract(Pictures.Stripes()).Count);
        Assert.Single(services.GetRequiredKeyedService<PaletteExtractor>("mean").Extract(Pictures.Stripes()).ToArray());
    }

    [Fact]
    public async Task AddKeyedEtl_TwoCatalogues_EachPipelineUsesItsOwnPartsAndMeter()
    {
        var (films, series) = (Catalogue("a"), Catalogue("b", "c"));
        var covers = new MemoryCovers();
        Array.ForEach(["a", "b", "c"], id => covers.Put(id, Pictures.Stripes()));
        using var meters = new TestMeterFactory();
        await using ServiceProvider services = new ServiceCollection()
            .AddSingleton<System.Diagnostics.Metrics.IMeterFactory>(meters)
            .AddKeyedEtl("films", static etl => etl.Quantize.ColorCount = 2, etl => Compose(etl, films))
            .AddKeyedEtl("series", Configuration(("Etl:Quantize:ColorCount", "3")), etl => Compose(etl, series))
            .BuildServiceProvider();

        RunReport[] reports = await Task.WhenAll(
            services.GetRequiredKeyedService<EtlPipeline>("films").RunAsync(),
            services.GetRequiredKeyedService<EtlPipeline>("series").RunAsync()).WaitAsync(TestTimeout);

        Assert.Equal([1, 2], reports.Select(report => report.Written));
        Assert.All(films.Movies, movie => Assert.Equal(2, movie.Value!.Value.Count));
        Assert.All(series.Movies, movie => Assert.Equal(3, movie.Value!.Value.Count));
        Assert.Null(services.GetService<EtlPipeline>());
        Assert.Equal(["films", "series"], meters.Meters.Select(meter => meter.Tags!.Single().Value).Order());

        void Compose(EtlBuilder etl, MemoryCatalogue catalogue)
        {
            etl.Movies.Use(_ => catalogue);
            etl.Covers.Use(_ => covers);
            etl.Sink.Use(_ => catalogue);
        }
    }

    private static MemoryCatalogue Catalogue(params string[] ids)
    {
        var catalogue = new MemoryCatalogue();
        Array.ForEach(ids, id => catalogue.Set(new MovieId(id)));
        return catalogue;
    }

    private static IConfiguration Configuration(params (string Key, string Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(static setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)))
        .Build();

    private static ServiceProvider Services(IConfiguration configuration, string? section) => new ServiceCollection()
        .AddEtl(section is null ? configuration : configuration.GetSection(section))
        .BuildServiceProvider();

    private static EtlOptions OptionsOf(IServiceProvider services) => services.GetRequiredService<IOptions<EtlOptions>>().Value;
}
