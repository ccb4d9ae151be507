using Etl.IntegrationTests.Run;
using Etl.IntegrationTests.Service;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Etl.IntegrationTests.Web;

public sealed class ConnectionTests : PageTests
{
    public ConnectionTests(Browser browser)
        : base(browser) => ExpectedFault = "net::ERR_"; // of the requests while nobody answers

    [Fact]
    public async Task Page_ServiceIsKilled_SaysSoAndComesBackWithTheNextOne()
    {
        using var catalogue = new TestCatalogue(movies: 20);
        await using ServiceProcess service = await ServiceProcess.StartAsync(catalogue);
        await using IPage page = await OpenAsync(service);

        service.Kill();
        await Expect(Connection(page)).ToContainTextAsync("Connection lost. Figures from ");
        await service.EndAsync();

        await using ServiceProcess next = await service.StartAgainAsync();
        await Expect(Connection(page)).ToHaveTextAsync("Live");
    }

    [Fact]
    public async Task Page_ServiceStops_SaysSoAndComesBackWithTheNextOne()
    {
        using var catalogue = new TestCatalogue(movies: 20);
        await using ServiceProcess service = await ServiceProcess.StartAsync(catalogue);
        await using IPage page = await OpenAsync(service);

        await service.StopAsync();
        await Expect(Connection(page)).ToContainTextAsync("The service has stopped");

        await using ServiceProcess next = await service.StartAgainAsync();
        await Expect(Connection(page)).ToHaveTextAsync("Live");
        catalogue.Execute("UPDATE movies SET palette_json = NULL");
        await Expect(page.Locator("#covers .cover")).Not.ToHaveCountAsync(0);
    }

    private static ILocator Connection(IPage page) => Part(page.Locator("#header"), "connection");
}
