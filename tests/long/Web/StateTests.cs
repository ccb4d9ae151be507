using System.Text.RegularExpressions;
using Etl.IntegrationTests.Run;
using Etl.IntegrationTests.Service;
using Etl.IntegrationTests.Web;
using Microsoft.Data.Sqlite;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Etl.LongTests.Web;

/// <summary>States of the page that a service reaches only after tens of seconds.</summary>
public sealed class StateTests(Browser browser) : PageTests(browser)
{
    [Fact]
    public async Task Page_DatabaseOrCoversAreGone_SaysSoUntilTheyAreBack()
    {
        using var catalogue = new TestCatalogue(movies: 20);
        await using ServiceProcess service = await ServiceProcess.StartAsync(catalogue);
        await using IPage page = await OpenAsync(service);
        ExpectedFault = "status of 503"; // of requests that read the database
        await Expect(Part(page.Locator("#progress"), "headline")).ToHaveTextAsync("18 of 20 complete, 2 failed");

        File.Move(catalogue.PathOf("movies.db"), catalogue.PathOf("away.db"));
        await Expect(Banners(page)).ToContainTextAsync("movies.db");
        await Expect(page).ToHaveTitleAsync("Waiting for the database · Etl");
        await Expect(Part(page.Locator("#progress"), "detail")).ToContainTextAsync("As counted at ");
        await Expect(Part(page.Locator("#progress"), "when")).ToHaveTextAsync("unknown");
        Directory.Move(catalogue.PathOf("covers"), catalogue.PathOf("away"));
        await Expect(Banners(page).Nth(1)).ToContainTextAsync("No location of covers is available");

        File.Move(catalogue.PathOf("away.db"), catalogue.PathOf("movies.db"));
        Directory.Move(catalogue.PathOf("away"), catalogue.PathOf("covers"));
        await Expect(Banners(page)).ToHaveCountAsync(0);
        await Expect(page).ToHaveTitleAsync("Idle · Etl");
    }

    [Fact]
    public async Task Page_NothingMoves_SaysStalledAndGivesNoTimeLeft()
    {
        using var catalogue = new TestCatalogue(movies: 60);
        await using SlowCovers covers = await SlowCovers.StartAsync(catalogue.GoodCover(), requests: 1);
        await using ServiceProcess service = await ServiceProcess.StartAsync(
            catalogue,
            "--set", $"Etl:Fetch:Locations:0={covers.Location}",
            "--set", "Etl:Fetch:AttemptTimeout=00:10:00",
            "--set", "Etl:Fetch:Timeout=00:10:00");
        await using IPage page = await OpenAsync(service);
        ILocator left = Part(page.Locator("#progress"), "when");

        covers.Let(30);
        await Expect(left).ToContainTextAsync("s"); // a time, from the speed so far
        await Expect(left).ToHaveTextAsync("stalled");
        await Expect(Banners(page)).ToContainTextAsync("Stalled: no movie has moved for");
        await Expect(page).ToHaveTitleAsync("Stalled · Etl");

        covers.Open();
        await Expect(left).ToHaveTextAsync("done");
        await Expect(Banners(page)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Timeline_AnotherProgramHoldsALock_SaysSoAndHowLong()
    {
        using var catalogue = new TestCatalogue(movies: 20);
        await using ServiceProcess service = await ServiceProcess.StartAsync(catalogue, "--set", "Etl:Write:BusyTimeout=00:00:01");
        await service.RunCompleted();
        await using IPage page = await OpenAsync(service);
        ILocator state = page.Locator("#timeline").GetByRole(AriaRole.Img).First;
        await Expect(state).ToHaveAccessibleNameAsync(new Regex("^State of the service: (idle|running) "));

        using (SqliteConnection held = catalogue.Hold("UPDATE movies SET palette_json = NULL; BEGIN IMMEDIATE"))
        {
            await Expect(page).ToHaveTitleAsync("Database locked · Etl");
            await Expect(state).ToHaveAccessibleNameAsync(new Regex(@"database locked \d+.s.*\. Database locked \d\d:\d\d to \d\d:\d\d"));
            await Expect(Part(page.Locator("#throughput"), "states")).ToHaveTextAsync("database locked");
        }

        await Expect(page).ToHaveTitleAsync("Idle · Etl");
    }
}
