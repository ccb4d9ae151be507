using Etl.IntegrationTests.Run;
using Etl.IntegrationTests.Service;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Etl.IntegrationTests.Web;

[Collection<ServedSuite>]
public sealed class RetryTests(Browser browser, ServedCatalogue served) : PageTests(browser)
{
    private const string Key = "a-key-of-this-test-0";

    [Fact]
    public async Task Retry_CoverWasReplaced_WritesItsPaletteAndTheDeadLetterGoes()
    {
        const string Id = "9000002";
        await using IPage page = await OpenAsync(served.Service);
        served.Insert(Id, "no picture"u8.ToArray());
        ILocator retry = RetryOf(page, Id);
        await Expect(retry).ToBeVisibleAsync();

        File.WriteAllBytes(served.CoverOf(Id), served.Catalogue.GoodCover());
        await retry.ClickAsync();

        await Expect(page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("1 dead letter will be retried");
        await Expect(page.Locator("#covers").GetByRole(AriaRole.Button, new() { Name = Id })).ToBeVisibleAsync();
        await Expect(retry).ToHaveCountAsync(0);
        Assert.Equal(1, served.Catalogue.Scalar($"SELECT count(*) FROM movies WHERE id = '{Id}' AND palette_json <> ''"));
    }

    [Fact]
    public async Task Retry_ServiceHasAKey_AsksForItOnce()
    {
        using var catalogue = new TestCatalogue(movies: 20);
        await using ServiceProcess service = await ServiceProcess.StartAsync(catalogue, "--set", $"Etl:Service:ApiKey={Key}");
        await Eventually.Holds(() => catalogue.Missing == 2);
        await using IPage page = await OpenAsync(service);
        ExpectedFault = "status of 401";
        ILocator retries = page.Locator("#dead-letters td.action button"), dialog = page.GetByRole(AriaRole.Dialog);
        await Expect(retries).ToHaveCountAsync(2);
        foreach (string id in await page.Locator("#dead-letters td.movie").AllInnerTextsAsync())
        {
            File.WriteAllBytes(catalogue.PathOf($"covers/{id}.jpg"), catalogue.GoodCover());
        }

        await retries.First.ClickAsync();
        await EnterAsync(dialog, "a-key-of-another-0");
        await Expect(Part(dialog, "refusal")).ToContainTextAsync("This is not the API key of the service.");
        await EnterAsync(dialog, Key);
        await Expect(retries).ToHaveCountAsync(1);

        await retries.ClickAsync();
        await Expect(retries).ToHaveCountAsync(0);
        await Expect(dialog).ToHaveCountAsync(0);
        Assert.Equal(0, catalogue.Missing);
    }

    private static ILocator RetryOf(IPage page, string id) => page.GetByRole(AriaRole.Button, new() { Name = $"Retry {id}" });

    private static async Task EnterAsync(ILocator dialog, string key)
    {
        await dialog.GetByLabel("Key").FillAsync(key);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Use this key" }).ClickAsync();
    }
}
