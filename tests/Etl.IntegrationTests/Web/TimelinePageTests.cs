using System.Text.RegularExpressions;
using Etl.IntegrationTests.Run;
using Etl.IntegrationTests.Service;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Etl.IntegrationTests.Web;

public sealed class TimelinePageTests(Browser browser) : PageTests(browser)
{
    [Theory]
    [InlineData(1440)]
    [InlineData(360)]
    public async Task Timeline_SpikeOfFailures_ShowsItsMoviesByClickAndByKey(int width)
    {
        using var catalogue = new TestCatalogue(movies: 20);
        await using ServiceProcess service = await ServiceProcess.StartAsync(catalogue);
        await service.RunCompleted();
        await using IPage page = await OpenAsync(service, new() { ViewportSize = new() { Width = width, Height = 800 } });
        ILocator spikes = page.GetByRole(AriaRole.Group, new() { Name = "Failures" }).GetByRole(AriaRole.Button);
        ILocator chips = page.GetByRole(AriaRole.Group, new() { Name = "Show one reason" }).GetByRole(AriaRole.Button);

        ILocator spike = spikes.First;
        await Expect(spike).ToHaveAccessibleNameAsync(new Regex(@"^\d\d:\d\d: [12] failures?$"));
        await spike.ClickAsync();

        ILocator rows = page.Locator("#dead-letters tbody tr");
        ILocator chip = chips.Filter(new() { HasTextRegex = new Regex(@"^First failed \d\d:\d\d") });
        await Expect(chip).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(chip).ToBeFocusedAsync();
        await Expect(chip).ToBeInViewportAsync();
        await Expect(rows).Not.ToHaveCountAsync(0);
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Retry all 2" })).ToBeHiddenAsync();

        await chips.Filter(new() { HasText = "All" }).ClickAsync();
        await Expect(chip).ToHaveCountAsync(0);
        await spikes.First.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(chip).ToBeFocusedAsync();
        Assert.Equal(width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }

    [Fact]
    public async Task Timeline_MoviesOfASpikeAreMended_SaysThatNoneIsLeft()
    {
        using var catalogue = new TestCatalogue(movies: 20);
        await using ServiceProcess service = await ServiceProcess.StartAsync(catalogue);
        await service.RunCompleted();
        await using IPage page = await OpenAsync(service);
        ILocator spike = page.GetByRole(AriaRole.Group, new() { Name = "Failures" }).GetByRole(AriaRole.Button).First;
        await Expect(spike).ToBeVisibleAsync();

        catalogue.Execute("DELETE FROM etl_dead_letters");
        await spike.ClickAsync();

        await Expect(Part(page.Locator("#dead-letters"), "empty")).ToHaveTextAsync("All movies that failed first at this time have their palettes now.");
    }

    /// <summary>A plot of ten minutes would show a service of a minute at its right end.</summary>
    [Fact]
    public async Task TimelineAndPlot_ServiceHasJustStarted_BeginWithIt()
    {
        using var catalogue = new TestCatalogue(movies: 20);
        await using ServiceProcess service = await ServiceProcess.StartAsync(catalogue);
        await service.RunCompleted();
        await using IPage page = await OpenAsync(service);

        await Expect(Part(page.Locator("#throughput"), "span")).ToHaveTextAsync("last 1 min");
        await Expect(Part(page.Locator("#throughput"), "runs")).ToBeVisibleAsync();
        await Expect(Part(page.Locator("#timeline"), "span")).ToHaveTextAsync(new Regex(@"^since \d\d:\d\d, when the process started$"));
        Assert.True(await page.EvaluateAsync<bool>("""
            (band => band.firstElementChild.offsetLeft === 0 && band.lastElementChild.getBoundingClientRect().right > band.getBoundingClientRect().right - 2)(
                document.querySelector("#timeline .band"))
            """));
    }
}
