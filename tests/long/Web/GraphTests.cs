using System.Text.RegularExpressions;
using Etl.IntegrationTests.Run;
using Etl.IntegrationTests.Service;
using Etl.IntegrationTests.Web;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Etl.LongTests.Web;

public sealed class GraphTests(Browser browser) : PageTests(browser)
{
    private const int Movies = 60;
    private const int Parallelism = 4;
    private const int Capacity = 8;

    [Fact]
    public async Task Graph_CoversComeSlowly_ShowsTheStageThatHoldsTheRunUpAndThenItsEnd()
    {
        using var catalogue = new TestCatalogue(Movies);
        await using SlowCovers covers = await SlowCovers.StartAsync(catalogue.GoodCover(), Parallelism);
        await using ServiceProcess service = await ServiceProcess.StartAsync(
            catalogue,
            "--set", $"Etl:Fetch:Locations:0={covers.Location}",
            "--set", $"Etl:Fetch:DegreeOfParallelism={Parallelism}",
            "--set", $"Etl:Fetch:BoundedCapacity={Capacity}",
            "--set", "Etl:Fetch:AttemptTimeout=00:10:00",
            "--set", "Etl:Fetch:Timeout=00:10:00");
        await using IPage page = await OpenAsync(service);
        ILocator progress = page.Locator("#progress"), fetch = Stage(page, "fetch"), read = Part(page.Locator(".query"), "read");

        await covers.Requested;
        await Expect(Part(page.Locator("#header"), "state")).ToHaveTextAsync(new Regex("Running|Stalled")); // by the speed of the test
        await Expect(Part(fetch, "tank")).ToHaveAttributeAsync("data-level", "full");
        await Expect(Part(fetch, "held")).ToHaveTextAsync($"{Capacity}");
        await Expect(Part(fetch, "busyWorkers")).ToHaveTextAsync($"{Parallelism}");
        await Expect(Part(fetch, "limits")).ToBeVisibleAsync();
        await Expect(page.Locator("#graph [data-part=verdict]")).ToContainTextAsync("fetch");
        await Expect(Part(progress, "headline")).ToHaveTextAsync($"0 of {Movies} complete");
        await Expect(Part(progress, "sumWritten")).ToHaveTextAsync("0");
        string readBefore = await read.InnerTextAsync();

        covers.Let(Movies / 2);
        await Expect(Part(progress, "sumWritten")).ToHaveTextAsync($"{Movies / 2}");
        await Expect(read).Not.ToHaveTextAsync(readBefore);
        await Expect(Part(progress, "track")).ToHaveAttributeAsync("aria-valuenow", "50");
        foreach (string name in (string[])["decode", "quantize", "write"])
        {
            await Expect(Part(Stage(page, name), "held")).ToHaveTextAsync("0");
            await Expect(Part(Stage(page, name), "p50")).ToContainTextAsync("s");
        }

        covers.Open();
        await Expect(Part(progress, "headline")).ToHaveTextAsync($"{Movies} of {Movies} complete");
        await Expect(Part(progress, "when")).ToHaveTextAsync("done");
        await Expect(Part(progress, "sumWritten")).ToHaveTextAsync($"{Movies}");
        await Expect(Part(fetch, "tank")).ToHaveAttributeAsync("data-level", "free");
        await Expect(Part(fetch, "limits")).ToBeHiddenAsync();
        await Expect(page.Locator("#throughput-summary")).ToContainTextAsync("Mean");
        await Expect(page).ToHaveTitleAsync("Idle · Etl");
    }

    private static ILocator Stage(IPage page, string name) =>
        page.Locator(".stage").Filter(new() { Has = page.GetByRole(AriaRole.Heading, new() { Name = name, Exact = true }) });
}
