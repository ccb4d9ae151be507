using System.Globalization;
using Etl.Contracts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using PaletteEtl.Covers;
using PaletteEtl.Hosting;
using PaletteEtl.Model;
using PaletteEtl.Service;

namespace Etl.IntegrationTests.Library;

/// <summary>The service in the host of another program.</summary>
public sealed class AddEtlServiceTests : IDisposable
{
    private readonly GatedQuantizer _quantizer = new();
    private readonly LibraryCatalogue _catalogue = new(movies: 3);

    public AddEtlServiceTests()
    {
        _catalogue.Settings["Etl:Service:PollInterval"] = "00:00:00.050";
        for (int id = 1; id <= 9; id++)
        {
            _catalogue.Cover(id, Asset.Bytes("baseline.jpg"));
        }
    }

    public void Dispose()
    {
        _catalogue.Dispose();
        _quantizer.Dispose();
    }

    [Fact]
    public async Task StartAsync_MoviesAreAdded_FillsThemInAndCountsThem()
    {
        using IHost host = HostOf(services => services.AddEtl(_catalogue.Configuration).AddEtlService());
        var service = host.Services.GetRequiredService<EtlService>();

        await host.StartAsync();
        await Eventually.Holds(() => service.Status.Totals.Written == 3);
        _catalogue.Execute("INSERT INTO movies (id) VALUES (4), (999)");
        await Eventually.Holds(() => service.Status is { State: ServiceState.Idle, Totals: { Written: 4, DeadLetters: 1 }, NextRetryAt: not null });
        await Eventually.Holds(() => service.Status.Catalogue is { Movies: 5, Complete: 4, Failed: 1, Pending: 0 });
        await host.StopAsync();

        Assert.Equal(ServiceState.Draining, service.Status.State);
        Assert.Equal(["999"], _catalogue.Query("SELECT id FROM movies WHERE palette_json IS NULL"));
    }

    [Fact]
    public async Task StopAsync_DuringARun_WritesWhatWasRead()
    {
        using IHost host = HostOf(services => services
            .AddEtl(_catalogue.Configuration, etl => etl.Quantizer.Use(_ => _quantizer))
            .AddEtlService());
        var service = host.Services.GetRequiredService<EtlService>();
        await host.StartAsync();
        await Eventually.Holds(() => service.Status.Totals.Read == 3);

        Task stopping = host.StopAsync();
        await Eventually.Holds(() => service.Status.State == ServiceState.Draining);
        _quantizer.Open();
        await stopping.WaitAsync(TestTimeout);

        Assert.Equal(3, service.Status.Totals.Written);
        Assert.Empty(_catalogue.Query("SELECT id FROM movies WHERE palette_json IS NULL"));
    }

    [Theory]
    [InlineData("00:00:00.100", "00:02:00")]
    [InlineData("00:02:00", "00:00:00.100")]
    public async Task StopAsync_DrainTakesLongerThanItsLimitOrTheHosts_DropsWhatIsInFlight(string drain, string shutdown)
    {
        _catalogue.Settings["Etl:DrainTimeout"] = drain;
        using IHost host = HostOf(services => services
            .Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.Parse(shutdown, CultureInfo.InvariantCulture))
            .AddEtl(_catalogue.Configuration, etl => etl.Covers.Use(static _ => new EndlessCovers()))
            .AddEtlService());
        var service = host.Services.GetRequiredService<EtlService>();
        await host.StartAsync();
        await Eventually.Holds(() => service.Status.Totals.Read == 3);

        await host.StopAsync().WaitAsync(TestTimeout);

        Assert.True(service.ExecuteTask!.IsCompletedSuccessfully);
        Assert.Equal(0, service.Status.Totals.Written);
        Assert.Equal(["1", "2", "3"], _catalogue.Query("SELECT id FROM movies WHERE palette_json IS NULL"));
    }

    [Fact]
    public async Task AddKeyedEtlService_TwoCatalogues_ServesEachByItsOptions()
    {
        using var other = new LibraryCatalogue(movies: 2);
        other.Cover(1, Asset.Bytes("baseline.jpg"));
        using IHost host = HostOf(services => services
            .AddKeyedEtl("films", _catalogue.Configuration)
            .AddKeyedEtl("series", other.Configuration)
            .AddKeyedEtlService("films")
            .AddKeyedEtlService("series", options => options.RetryDelay = TimeSpan.FromHours(7)));
        var films = host.Services.GetRequiredKeyedService<EtlService>("films");
        var series = host.Services.GetRequiredKeyedService<EtlService>("series");

        await host.StartAsync();
        await Eventually.Holds(() => films.Status.Totals.Written == 3);
        await Eventually.Holds(() => series.Status is { Totals: { Written: 1, DeadLetters: 1 }, NextRetryAt: not null });
        await host.StopAsync();

        Assert.Null(films.Status.NextRetryAt);
        Assert.InRange(series.Status.NextRetryAt!.Value - series.Status.StartedAt, TimeSpan.FromHours(7), TimeSpan.FromHours(7) + TestTimeout);
        Assert.Equal(["1"], other.Query("SELECT id FROM movies WHERE palette_json IS NOT NULL"));
    }

    [Fact]
    public async Task AddEtlService_AnotherStore_IsReadAgainAndAgain()
    {
        var store = new MemoryCatalogue();
        store.Set(new MovieId(1));
        using IHost host = HostOf(services => services
            .AddEtl(_catalogue.Configuration, etl =>
            {
                etl.Movies.Use(_ => store);
                etl.Sink.Use(_ => store);
            })
            .AddEtlService());
        var service = host.Services.GetRequiredService<EtlService>();

        await host.StartAsync();
        await Eventually.Holds(() => store.Movies.All(static movie => movie.Value is not null));
        store.Set(new MovieId(2));
        await Eventually.Holds(() => store.Movies.All(static movie => movie.Value is not null));
        await host.StopAsync();

        Assert.Equal(2, service.Status.Totals.Written);
        Assert.Null(service.Status.Catalogue);
        Assert.Equal(3, _catalogue.Query("SELECT id FROM movies WHERE palette_json IS NULL").Count);
    }

    [Fact]
    public void AddEtlService_NoPipelineOrASecondTime_IsRefused()
    {
        IServiceCollection services = new ServiceCollection();

        Assert.Contains("Fix: call AddEtl", Assert.Throws<InvalidOperationException>(() => services.AddEtlService()).Message, StringComparison.Ordinal);
        Assert.Contains("'films'", Assert.Throws<InvalidOperationException>(() => services.AddKeyedEtlService("films")).Message, StringComparison.Ordinal);
        services.AddEtl(static _ => { }).AddEtlService();
        Assert.Contains("one service", Assert.Throws<InvalidOperationException>(() => services.AddEtlService()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task StartAsync_RefusedOptions_NamesThem(int days)
    {
        using IHost host = HostOf(services => services
            .AddEtl(_catalogue.Configuration)
            .AddEtlService(options => (options.RetryDelay, options.MaxRetryDelay) = (TimeSpan.FromDays(days), TimeSpan.FromHours(1))));

        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.Contains("RetryDelay", error.Message, StringComparison.Ordinal);
    }

    private static IHost HostOf(Action<IServiceCollection> add)
    {
        HostApplicationBuilder builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        add(builder.Services);
        return builder.Build();
    }

    /// <summary>Covers that never come.</summary>
    private sealed class EndlessCovers : ICoverSource
    {
        public async ValueTask<FetchResult> FetchAsync(Movie movie, Reservation memory, CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            throw new InvalidOperationException("An endless delay ended.");
        }
    }
}
