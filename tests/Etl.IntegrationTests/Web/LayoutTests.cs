using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Etl.IntegrationTests.Web;

[Collection<ServedSuite>]
public sealed class LayoutTests(Browser browser, ServedCatalogue served) : PageTests(browser)
{
    [Theory]
    [InlineData(ColorScheme.Light, 1440)]
    [InlineData(ColorScheme.Dark, 1440)]
    [InlineData(ColorScheme.Light, 390)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task Page_LightOrDarkWideOrNarrow_FitsItsWindow(ColorScheme scheme, int width)
    {
        await using IPage page = await OpenAsync(
            served.Service, new() { ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 844 } });
        await Expect(page.Locator("#covers .cover")).Not.ToHaveCountAsync(0);
        await Expect(page.Locator("#dead-letters td.action button").First).ToBeVisibleAsync();

        Assert.Equal(width, await WidthAsync(page));
        Assert.Equal(scheme == ColorScheme.Dark, await BrightnessAsync(page) < 128);

        await page.Locator("#covers .cover").First.ClickAsync();
        await Expect(page.Locator(".neighbours button")).ToHaveCountAsync(6);
        Assert.Equal(width, await WidthAsync(page));
        Assert.True(await page.EvaluateAsync<bool>(
            "[...document.querySelectorAll('dialog[open]')].every(dialog => dialog.scrollWidth <= dialog.clientWidth)"));
    }

    /// <summary>How wide the page is, beyond the window too.</summary>
    private static Task<int> WidthAsync(IPage page) => page.EvaluateAsync<int>("document.documentElement.scrollWidth");

    /// <summary>Brightness of the background, 0 to 255.</summary>
    private static Task<int> BrightnessAsync(IPage page) =>
        page.EvaluateAsync<int>("Number(getComputedStyle(document.body).backgroundColor.match(/\\d+/)[0])");
}
