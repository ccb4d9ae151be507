using System.Text.RegularExpressions;
using Etl.IntegrationTests.Run;
using Etl.IntegrationTests.Service;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Etl.IntegrationTests.Web;

public sealed class StateTests(Browser browser) : PageTests(browser)
{
    [Fact]
    public async Task Page_IdleWithFailures_SaysHowMuchOfTheCatalogueIsCompleteAndIsQuiet()
    {
        using var catalogue = new TestCatalogue(movies: 20);
        await using ServiceProcess service = await ServiceProcess.StartAsync(catalogue, "--set", "Etl:Service:RetryDelay=00:00:00.300");
        await using IPage page = await OpenAsync(service);
        ILocator progress = page.Locator("#progress");

        await Expect(Part(progress, "headline")).ToHaveTextAsync("18 of 20 complete, 2 failed");
        await Expect(Part(progress, "pending")).ToHaveTextAsync("0");
        await Expect(Part(progress, "whenLabel")).ToHaveTextAsync("Next retry");
        await Expect(Part(progress, "track")).ToHaveAttributeAsync("aria-valuenow", "90");
        await Expect(page).ToHaveTitleAsync("Idle · Etl"); // in spite of the retries
        await Expect(Banners(page)).ToHaveCountAsync(0);
        await Expect(Part(page.Locator("#throughput"), "summary")).ToContainTextAsync("2 dead letters");
    }

    /// <summary>The messages have no place to break a line.</summary>
    [Fact]
    public async Task Page_ManyFailuresOfOneCauseOnAPhone_HasALineForItAndFiveDeadLettersWithoutScrollingSideways()
    {
        using var catalogue = new TestCatalogue(movies: 20);
        foreach (string cover in catalogue.CoverPaths[2..])
        {
            File.Delete(cover);
        }

        await using ServiceProcess service = await ServiceProcess.StartAsync(catalogue);
        await using IPage page = await OpenAsync(service, new() { ViewportSize = new() { Width = 360, Height = 800 } });

        ILocator causes = page.Locator("#causes");
        await Expect(Part(causes, "summary")).ToHaveTextAsync("20 failures, 3 causes:");
        await Expect(Part(causes, "list").GetByRole(AriaRole.Listitem).First).ToHaveTextAsync(new Regex(
            $@"^18 not_found, since \d\d:\d\d: There is no cover at {Regex.Escape(catalogue.PathOf("covers"))}/….jpg\.$"));
        await Expect(page.Locator("#dead-letters tbody tr")).ToHaveCountAsync(5);
        Assert.Equal(360, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        Assert.True(await page.EvaluateAsync<bool>("(frame => frame.scrollWidth <= frame.clientWidth)(document.querySelector('.table-frame'))"));
    }

    [Fact]
    public async Task Page_OutageOfCovers_SaysSinceWhenAndWhyUntilItIsOver()
    {
        using var catalogue = new TestCatalogue(movies: 20);
        Directory.Move(catalogue.PathOf("covers"), catalogue.PathOf("away"));
        await using ServiceProcess service = await ServiceProcess.StartAsync(catalogue);
        await using IPage page = await OpenAsync(service);

        await Expect(Banners(page)).ToHaveTextAsync(new Regex(
            $@"^Covers cannot be read since \d\d:\d\d: the folder {Regex.Escape(catalogue.PathOf("covers"))} does not exist\. Movies wait"));
        await Expect(page).ToHaveTitleAsync("Waiting for covers · Etl");
        await Expect(Part(page.Locator("#progress"), "failed")).ToHaveTextAsync("0");

        Directory.Move(catalogue.PathOf("away"), catalogue.PathOf("covers"));
        await Expect(Part(page.Locator("#progress"), "headline")).ToHaveTextAsync("18 of 20 complete, 2 failed");
        await Expect(Banners(page)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Page_PauseAndResume_SaysSinceWhenAndGoesOn()
    {
        using var catalogue = new TestCatalogue(movies: 20);
        await using ServiceProcess service = await ServiceProcess.StartAsync(catalogue);
        await using IPage page = await OpenAsync(service);
        await Expect(Part(page.Locator("#progress"), "headline")).ToHaveTextAsync("18 of 20 complete, 2 failed");

        await page.GetByRole(AriaRole.Button, new() { Name = "Pause", Exact = true }).ClickAsync();
        await Expect(Banners(page)).ToHaveTextAsync(new Regex(@"^Paused since \d\d:\d\d: no movie is read"));
        await Expect(page).ToHaveTitleAsync("Paused · Etl");

        await page.GetByRole(AriaRole.Button, new() { Name = "Resume", Exact = true }).ClickAsync();
        await Expect(Banners(page)).ToHaveCountAsync(0);
        await Expect(page).ToHaveTitleAsync("Idle · Etl");
    }

    [Fact]
    public async Task Page_ServiceDrains_SaysSoUntilItsEnd()
    {
        using var catalogue = new TestCatalogue(movies: 60);
        await using SlowCovers covers = await SlowCovers.StartAsync(catalogue.GoodCover(), requests: 1);
        await using ServiceProcess service = await ServiceProcess.StartAsync(catalogue, "--set", $"Etl:Fetch:Locations:0={covers.Location}");
        await using IPage page = await OpenAsync(service);
        ExpectedFault = "net::ERR_"; // of the requests after the end
        await covers.Requested;

        service.Signal(EtlProcess.Terminate);
        await Expect(page).ToHaveTitleAsync("Draining · Etl");
        await Expect(Banners(page)).ToContainTextAsync("The service is draining");

        covers.Open();
        await Expect(Part(page.Locator("#header"), "connection")).ToContainTextAsync("The service has stopped");
        Assert.Equal(0, (await service.EndAsync()).ExitCode);
    }
}
