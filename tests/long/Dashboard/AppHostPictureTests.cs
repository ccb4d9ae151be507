using Etl.IntegrationTests.Web;
using Microsoft.Playwright;
using NetVips;
using static Microsoft.Playwright.Assertions;

namespace Etl.LongTests.Dashboard;

/// <summary>Takes the steps and the screenshots of <c>docs/observability.md</c>. Runs only with <c>-explicit only</c>.</summary>
public sealed class AppHostPictureTests(Browser browser)
{
    private const int MaxBytes = 150_000;
    private const int Width = 1200, Height = 860;
    private static readonly TimeSpan Collected = TimeSpan.FromSeconds(45);

    [Fact(Explicit = true)]
    public async Task Dashboard_WithinAMinute_IsPictured()
    {
        await using AppHostProcess host = await AppHostProcess.StartAsync(login: true);
        IPage page = await browser.OpenAsync(new() { ViewportSize = new() { Width = Width, Height = Height } });
        await Task.Delay(Collected, TestContext.Current.CancellationToken);
        await page.GotoAsync(host.Login);

        await page.GotoAsync($"{host.Url}metrics/resource/etl?duration=1");
        await page.Locator("fluent-tree-item[title='etl.stage.duration']").ClickAsync();
        await PictureStageAsync(page, "fetch");
        await PictureStageAsync(page, "decode");

        await page.GotoAsync($"{host.Url}traces/resource/etl");
        await page.GetByText("etl.movie").Last.ClickAsync();
        await Expect(page.GetByText("etl.quantize").First).ToBeVisibleAsync();
        await PictureAsync(page, "movie", height: 520);

        await page.GotoAsync($"{host.Url}structuredlogs/resource/etl?logLevel=debug");
        ILocator failures = page.GetByRole(AriaRole.Row).Filter(new() { HasText = "became dead letters: " }).Nth(2); // whose run has ended
        await Expect(failures).ToBeVisibleAsync();
        await PictureAsync(page, "log");

        await failures.GetByRole(AriaRole.Link).Last.ClickAsync();
        await page.GetByText("etl.run", new() { Exact = true }).First.ClickAsync();
        await page.GetByText("exception.message").First.ScrollIntoViewIfNeededAsync();
        await PictureAsync(page, "failure");

        await host.EndAsync();
    }

    private static async Task PictureStageAsync(IPage page, string stage)
    {
        ILocator tag = page.Locator("button.filter-value-tag", new() { HasText = stage });
        await tag.ClickAsync();
        await tag.ScrollIntoViewIfNeededAsync();
        await PictureAsync(page, stage);
    }

    private static async Task PictureAsync(IPage page, string name, int height = Height)
    {
        await page.WaitForTimeoutAsync(2_500); // the next update of the page
        byte[] shot = await page.ScreenshotAsync(new()
        {
            Animations = ScreenshotAnimations.Disabled,
            Clip = new() { Width = Width, Height = height },
        });
        using var picture = Image.NewFromBuffer(shot);
        string path = Repository.PathOf($"docs/dashboard-{name}.png");
        picture.Pngsave(path, compression: 9, palette: true);
        Assert.InRange(new FileInfo(path).Length, 1, MaxBytes);
    }
}
