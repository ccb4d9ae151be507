using Etl.IntegrationTests.Run;
using Etl.IntegrationTests.Service;
using Etl.IntegrationTests.Web;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Etl.LongTests.Web;

/// <summary>Services that end and come back while pages are open, and pages that share the connections of a browser.</summary>
public sealed class ConnectionTests : PageTests
{
    private const string Polling = "Live, every 2\u00a0s";

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

    [Fact]
    public async Task Page_MoreTabsThanConnections_AreAllLive()
    {
        using var catalogue = new TestCatalogue(movies: 20);
        await using ServiceProcess service = await ServiceProcess.StartAsync(catalogue);
        await using IBrowserContext window = await OpenWindowAsync();

        var tabs = new List<IPage>();
        for (int i = 0; i < 7; i++)
        {
            tabs.Add(await OpenTabAsync(service, window)); // waits until it is live
        }

        string[] connections = await Task.WhenAll(tabs.Select(tab => Connection(tab).InnerTextAsync()));
        Assert.Equal(3, connections.Count(static text => text == "Live"));
        Assert.Equal(4, connections.Count(static text => text == Polling));
        await Expect(tabs[^1].Locator("#dead-letters td.action button")).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task Page_EventsAreRefused_AsksEveryTwoSeconds()
    {
        using var catalogue = new TestCatalogue(movies: 20);
        await using ServiceProcess service = await ServiceProcess.StartAsync(catalogue);
        await using IBrowserContext window = await OpenWindowAsync();
        ExpectedFault = "status of 503";
        await window.RouteAsync("**/api/events", static route => route.FulfillAsync(new() { Status = 503 }));

        await using IPage page = await OpenTabAsync(service, window);

        await Expect(Connection(page)).ToHaveTextAsync(Polling);
        catalogue.Execute("INSERT INTO movies (id, title) VALUES ('9000001', 'New')"); // without a cover
        await Expect(Part(page.Locator("#progress"), "headline")).ToHaveTextAsync("18 of 21 complete, 3 failed");
        await Expect(page.Locator("#covers .cover")).ToHaveCountAsync(18);
    }

    [Fact]
    public async Task Page_TabIsHidden_ClosesTheStreamUntilItIsShown()
    {
        using var catalogue = new TestCatalogue(movies: 20);
        await using ServiceProcess service = await ServiceProcess.StartAsync(catalogue);
        await using IPage page = await OpenAsync(service);
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        page.RequestFailed += (_, request) => EndIfStream(request);
        page.RequestFinished += (_, request) => EndIfStream(request);

        await ShowAsync(page, isHidden: true);
        await ended.Task.WaitAsync(TestTimeout, TestContext.Current.CancellationToken);

        IRequest opened = await page.RunAndWaitForRequestAsync(() => ShowAsync(page, isHidden: false), static request => IsStream(request));
        await Expect(Connection(page)).ToHaveTextAsync("Live");
        Assert.True(IsStream(opened));

        void EndIfStream(IRequest request)
        {
            if (IsStream(request))
            {
                ended.TrySetResult();
            }
        }
    }

    private static bool IsStream(IRequest request) => request.Url.EndsWith("/api/events", StringComparison.Ordinal);

    /// <summary>Hides or shows the page as the browser does; a browser without a window has no other tabs that would hide it.</summary>
    private static async Task ShowAsync(IPage page, bool isHidden) => await page.EvaluateAsync(
        """
        isHidden => {
          Object.defineProperty(document, "hidden", { configurable: true, get: () => isHidden });
          document.dispatchEvent(new Event("visibilitychange"));
        }
        """,
        isHidden);

    private static ILocator Connection(IPage page) => Part(page.Locator("#header"), "connection");
}
