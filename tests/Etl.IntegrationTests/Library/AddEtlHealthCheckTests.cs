using Etl.Contracts;
using Etl.Contracts.Covers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using PaletteEtl.Hosting;
using PaletteEtl.Service;

namespace Etl.IntegrationTests.Library;

/// <summary>The readiness of pipelines as health checks of another program.</summary>
public sealed class AddEtlHealthCheckTests : IDisposable
{
    private readonly LibraryCatalogue _catalogue = new(movies: 1);

    public AddEtlHealthCheckTests() => _catalogue.Cover(1, Asset.Bytes("baseline.jpg"));

    public void Dispose() => _catalogue.Dispose();

    [Fact]
    public async Task CheckHealthAsync_DatabaseAndCoversAreThere_IsHealthy()
    {
        HealthReportEntry check = await CheckAsync(services => services.AddEtl(_catalogue.Configuration), key: null);

        Assert.Equal((HealthStatus.Healthy, null), (check.Status, check.Description));
        Assert.Equal(["ready"], check.Tags);
    }

    [Fact]
    public async Task CheckHealthAsync_NoDatabaseAndNoCovers_NamesBothProblems()
    {
        HealthReportEntry check = await CheckAsync(
            static services => services.AddEtl(static etl =>
            {
                etl.Query.Database = "absent.db";
                etl.Fetch.Locations = ["absent/{id}.jpg"];
            }),
            key: null);

        Assert.Equal(HealthStatus.Unhealthy, check.Status);
        Assert.Contains("absent.db", check.Description, StringComparison.Ordinal);
        Assert.Contains("No location of covers is available", check.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CheckHealthAsync_KeyBesideAnotherPipeline_ChecksThePipelineOfTheKey()
    {
        HealthReportEntry check = await CheckAsync(
            services => services.AddEtl(static _ => { }).AddEtlService().AddKeyedEtl("films", _catalogue.Configuration), "films");

        Assert.Equal((HealthStatus.Healthy, null), (check.Status, check.Description));
    }

    [Fact]
    public async Task CheckHealthAsync_PartsOfTheProgramsOwn_AreNotChecked()
    {
        var store = new MemoryCatalogue();

        HealthReportEntry check = await CheckAsync(
            services => services.AddEtl(static etl => etl.Query.Database = "absent.db", etl =>
            {
                etl.Movies.Use(_ => store);
                etl.Covers.Use(static _ => new MemoryCovers());
                etl.Sink.Use(_ => store);
            }),
            key: null);

        Assert.Equal((HealthStatus.Healthy, null), (check.Status, check.Description));
    }

    [Fact]
    public async Task CheckHealthAsync_ServiceDrains_IsUnhealthy()
    {
        HostApplicationBuilder builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddHealthChecks().AddEtlHealthCheck();
        builder.Services.AddEtl(_catalogue.Configuration).AddEtlService();
        using IHost host = builder.Build();
        var health = host.Services.GetRequiredService<HealthCheckService>();
        await host.StartAsync();
        await Eventually.Holds(() => host.Services.GetRequiredService<EtlService>().Status.Totals.Written == 1);

        HealthReport before = await health.CheckHealthAsync();
        await host.StopAsync();
        HealthReport after = await health.CheckHealthAsync();

        Assert.Equal(HealthStatus.Healthy, before.Status);
        Assert.Equal((HealthStatus.Unhealthy, "The service is draining."), (after.Status, after.Entries["etl"].Description));
    }

    private static async Task<HealthReportEntry> CheckAsync(Action<IServiceCollection> add, string? key)
    {
        var services = new ServiceCollection();
        add(services);
        services.AddHealthChecks().AddEtlHealthCheck(key);
        await using ServiceProvider provider = services.BuildServiceProvider();
        HealthReport report = await provider.GetRequiredService<HealthCheckService>().CheckHealthAsync();
        return report.Entries[key is null ? "etl" : $"etl:{key}"];
    }
}
