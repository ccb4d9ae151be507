using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Etl.IntegrationTests.Web;

[Collection<ServedSuite>]
public sealed class CoverTests(Browser browser, ServedCatalogue served) : PageTests(browser)
{
    [Fact]
    public async Task Covers_AnotherProgramInsertsAMovie_ShowItWithItsColoursAndPicture()
    {
        const string Id = "9000001";
        await using IPage page = await OpenAsync(served.Service);

        served.Insert(Id, served.Catalogue.GoodCover());

        ILocator cover = page.Locator("#covers").GetByRole(AriaRole.Button, new() { Name = Id });
        await Expect(cover.Locator(".picture")).ToContainClassAsync("loaded");
        await Expect(cover.Locator(".swatches i")).ToHaveCountAsync(PaletteOf(Id).Length);
        Assert.InRange(await cover.Locator("img").EvaluateAsync<int>("picture => picture.naturalWidth"), 50, 400);
    }

    [Fact]
    public async Task Cover_Clicked_ShowsItsColoursAndNeighbours()
    {
        await using IPage page = await OpenAsync(served.Service);
        ILocator cover = page.Locator("#covers .cover").First, dialog = page.GetByRole(AriaRole.Dialog);

        await cover.ClickAsync();

        string id = await cover.GetAttributeAsync("data-id") ?? "";
        await Expect(Part(dialog, "title")).ToHaveTextAsync(id);
        await Expect(dialog.Locator(".colours code")).ToHaveTextAsync(PaletteOf(id));
        await Expect(dialog.Locator(".cover-large")).ToContainClassAsync("loaded");
        await Expect(dialog.Locator(".neighbours .distance")).ToHaveCountAsync(6);

        ILocator neighbour = dialog.Locator(".neighbours button").First;
        string neighbourId = await neighbour.GetAttributeAsync("title") ?? "";
        await neighbour.ClickAsync();
        await Expect(Part(dialog, "title")).ToHaveTextAsync(neighbourId);
        await Expect(dialog.Locator(".colours code")).ToHaveTextAsync(PaletteOf(neighbourId));

        await dialog.GetByRole(AriaRole.Button, new() { Name = "Back" }).ClickAsync();
        await Expect(Part(dialog, "title")).ToHaveTextAsync(id);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();
        await Expect(dialog).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Search_ColoursOrAnId_ShowsSimilarCovers()
    {
        string id = served.Catalogue.Text("SELECT id FROM movies WHERE palette_json <> '' LIMIT 1");
        await using IPage page = await OpenAsync(served.Service);
        ILocator field = page.GetByRole(AriaRole.Searchbox), dialog = page.GetByRole(AriaRole.Dialog);

        await field.FillAsync("#c02030:60%, #101010");
        await field.PressAsync("Enter");

        await Expect(Part(dialog, "title")).ToHaveTextAsync("#c02030:60%, #101010");
        await Expect(dialog.Locator(".colours code")).ToHaveTextAsync(["#c02030", "#101010"]);
        await Expect(dialog.Locator(".neighbours .distance")).ToHaveCountAsync(6);
        await Expect(Part(dialog, "explanation")).ToBeHiddenAsync();

        await dialog.GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();
        await field.FillAsync(id);
        await field.PressAsync("Enter");

        await Expect(Part(dialog, "title")).ToHaveTextAsync(id);
        await Expect(dialog.Locator(".colours code")).ToHaveTextAsync(PaletteOf(id));
        await Expect(Part(dialog, "explanation")).ToBeVisibleAsync();

        await dialog.GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();
        ExpectedFault = "400";
        await field.FillAsync("#c02030:60%");
        await field.PressAsync("Enter");

        await Expect(Part(dialog, "message")).ToHaveTextAsync("like: the shares add up to 60%. Raise them to 100% in all, or leave one out.");
    }

    /// <summary>The colours in the database, as the page writes them.</summary>
    private string[] PaletteOf(string id) =>
        [.. JsonSerializer.Deserialize<int[][]>(served.Catalogue.Text($"SELECT palette_json FROM movies WHERE id = '{id}'"))!
            .Select(color => "#" + string.Concat(color.Select(channel => channel.ToString("x2", CultureInfo.InvariantCulture))))];
}
