using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Etl.IntegrationTests.Web;

[Collection<ServedSuite>]
public sealed class ExplanationTests(Browser browser, ServedCatalogue served) : PageTests(browser)
{
    [Fact]
    public async Task DeadLetter_ClickedOrEntered_ExplainsItUntilEscape()
    {
        await using IPage page = await OpenAsync(served.Service);
        ILocator movie = page.Locator("#dead-letters td.movie button").First, dialog = page.GetByRole(AriaRole.Dialog);
        string id = await movie.InnerTextAsync();

        await movie.ClickAsync();

        await Expect(Part(dialog, "title")).ToHaveTextAsync(id);
        await Expect(Part(dialog, "nextRun")).ToContainTextAsync("The next run leaves it: it failed permanently");
        await Expect(Part(dialog, "facts")).ToContainTextAsync("Dead letter");
        await Expect(dialog.Locator(".colours")).ToBeHiddenAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(dialog).ToBeHiddenAsync();
        await Expect(movie).ToBeFocusedAsync();

        await page.Keyboard.PressAsync("Enter");
        await Expect(Part(dialog, "nextRun")).ToContainTextAsync("The next run leaves it");
    }

    [Fact]
    public async Task DeadLetter_OpenedBeforeTheCloseEvent_IsExplained()
    {
        await using IPage page = await OpenAsync(served.Service);
        ILocator movie = page.Locator("#dead-letters td.movie button").First, dialog = page.GetByRole(AriaRole.Dialog);
        await movie.ClickAsync();
        await Expect(Part(dialog, "nextRun")).ToContainTextAsync("The next run leaves it");

        await movie.EvaluateAsync("button => { document.querySelector('dialog[open]').close(); button.click(); }");

        await Expect(Part(dialog, "nextRun")).ToContainTextAsync("The next run leaves it");
        await Expect(Part(dialog, "facts")).ToContainTextAsync("Dead letter");
    }

    [Fact]
    public async Task Cover_Clicked_ExplainsItAndItsNeighbour()
    {
        await using IPage page = await OpenAsync(served.Service);
        ILocator dialog = page.GetByRole(AriaRole.Dialog), nextRun = Part(dialog, "nextRun");

        await page.Locator("#covers .cover").First.ClickAsync();

        await Expect(nextRun).ToHaveTextAsync("The next run leaves it: its palette is current.");
        await Expect(Part(dialog, "facts").Locator(".swatches")).ToHaveCountAsync(2); // the palette of the row, and that of today
        ILocator neighbour = dialog.Locator(".neighbours button").First;
        string id = await neighbour.GetAttributeAsync("title") ?? "";
        await neighbour.ClickAsync();
        await Expect(Part(dialog, "facts")).ToContainTextAsync($"{id} (text)");
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1440)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task Explanation_WideOrNarrow_FitsItsDialog(ColorScheme scheme, int width)
    {
        await using IPage page = await OpenAsync(
            served.Service, new() { ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 844 } });
        ILocator dialog = page.GetByRole(AriaRole.Dialog);

        await page.Locator("#dead-letters td.movie button").First.ClickAsync();

        await Expect(Part(dialog, "facts")).ToContainTextAsync("Dead letter");
        Assert.True(await dialog.EvaluateAsync<bool>("dialog => dialog.scrollWidth <= dialog.clientWidth"));
        Assert.Equal(width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }
}
