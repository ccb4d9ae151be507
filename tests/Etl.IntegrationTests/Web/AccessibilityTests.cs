using System.Text.Json;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Etl.IntegrationTests.Web;

[Collection<ServedSuite>]
public sealed class AccessibilityTests(Browser browser, ServedCatalogue served) : PageTests(browser)
{
    private static readonly string[] Controls = ["button", "link", "textbox", "dialog", "meter", "progressbar", "region", "table", "img", "group"];

    [Fact]
    public async Task Controls_OfThePageAndItsDialogs_HaveNames()
    {
        await using IPage page = await OpenAsync(served.Service);
        await Expect(page.Locator("#dead-letters td.action button").First).ToBeVisibleAsync();

        string[] names = await NamesOfControlsAsync(page);
        Assert.Contains("Retry all 2", names);
        Assert.Contains("Buffer of decode", names);

        await page.Locator("#covers .cover").First.ClickAsync();
        await Expect(page.Locator(".neighbours button")).ToHaveCountAsync(6);
        Assert.Contains("Close", await NamesOfControlsAsync(page));

        await page.Keyboard.PressAsync("Escape");
        await page.EvaluateAsync("document.getElementById('key-dialog').showModal()");
        Assert.Contains("Key", await NamesOfControlsAsync(page));
    }

    [Fact]
    public async Task Keyboard_TabAndArrows_ReachEveryControlAndTheDialog()
    {
        await using IPage page = await OpenAsync(served.Service);
        ILocator covers = page.Locator("#covers .cover"), dialog = page.GetByRole(AriaRole.Dialog);
        string retry = await page.Locator("#dead-letters td.action button").First.GetAttributeAsync("aria-label") ?? "";
        await Expect(covers).Not.ToHaveCountAsync(0);

        List<string> reached = await TabThroughAsync(page);

        Assert.Equal("Skip to the figures", reached[0]);
        Assert.Single(reached.Intersect(await covers.AllInnerTextsAsync())); // from there the arrows go on
        Assert.Contains("Retry all 2", reached);
        Assert.Contains(retry, reached);

        await covers.First.FocusAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        await Expect(covers.Nth(1)).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(dialog).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(dialog).ToBeHiddenAsync();
        await Expect(covers.Nth(1)).ToBeFocusedAsync();
    }

    /// <summary>The accessible names of the controls; none may be empty.</summary>
    private static async Task<string[]> NamesOfControlsAsync(IPage page)
    {
        await using ICDPSession session = await page.Context.NewCDPSessionAsync(page);
        JsonElement tree = (await session.SendAsync("Accessibility.getFullAXTree"))!.Value;
        (string Role, string Name)[] controls =
        [
            .. tree.GetProperty("nodes").EnumerateArray()
                .Where(node => !node.GetProperty("ignored").GetBoolean())
                .Select(node => (Role: Text(node, "role"), Name: Text(node, "name")))
                .Where(node => Controls.Contains(node.Role)),
        ];
        Assert.DoesNotContain(controls, control => control.Name.Length == 0);
        return [.. controls.Select(control => control.Name)];
    }

    private static string Text(JsonElement node, string property) =>
        node.TryGetProperty(property, out JsonElement value) && value.TryGetProperty("value", out JsonElement text) ? text.GetString() ?? "" : "";

    /// <summary>The controls that the Tab key reaches, from the top of the page to its end.</summary>
    private static async Task<List<string>> TabThroughAsync(IPage page)
    {
        var reached = new List<string>();
        while (true)
        {
            await page.Keyboard.PressAsync("Tab");
            string name = await page.EvaluateAsync<string>(
                "document.activeElement === document.body ? '' : document.activeElement.ariaLabel ?? document.activeElement.innerText");
            if (name.Length == 0 || reached.Contains(name))
            {
                return reached;
            }

            reached.Add(name);
        }
    }
}
