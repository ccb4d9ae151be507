using System.Globalization;
using System.Text.RegularExpressions;
using Etl.IntegrationTests.Run;
using Etl.IntegrationTests.Service;
using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;
using NetVips;
using static Microsoft.Playwright.Assertions;

namespace Etl.IntegrationTests.Web;

/// <summary>Takes the screenshots in <c>docs</c>. They take some minutes and run only with <c>-explicit only</c>.</summary>
public sealed partial class ScreenshotTests(Browser browser) : PageTests(browser)
{
    private const int Movies = 2400;
    private const int MaxBytes = 400_000;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    [Fact(Explicit = true)]
    public async Task Page_WhileItRuns_IsPictured()
    {
        ExpectedFault = "status of 404"; // thumbnails of missing covers
        using var catalogue = new TestCatalogue(Movies);
        await using CoverServer covers = await CoverServer.StartAsync(context => AnswerAsync(context, catalogue));
        await using ServiceProcess service = await ServiceProcess.StartAsync(
            catalogue,
            "--set", $"Etl:Fetch:Locations:0={covers.Url}/{{id}}.jpg",
            "--set", "Etl:Fetch:DegreeOfParallelism=4",
            "--set", "Etl:Service:RetryDelay=00:10:00");
        await using IPage watched = await OpenAsync(service);
        await Expect(Part(watched.Locator("#progress"), "track")).ToHaveAttributeAsync(
            "aria-valuenow", Most(), new() { Timeout = (float)Patience.TotalMilliseconds });

        var wide = new ViewportSize { Width = 1440, Height = 900 };
        var narrow = new ViewportSize { Width = 390, Height = 1000 };
        await PictureAsync(service, "page-light.png", new() { ColorScheme = ColorScheme.Light, ViewportSize = wide }, fullPage: true);
        await PictureAsync(service, "page-dark.png", new() { ColorScheme = ColorScheme.Dark, ViewportSize = wide }, fullPage: true);
        await PictureAsync(service, "page-narrow.png", new() { ViewportSize = narrow, DeviceScaleFactor = 2 }, fullPage: false);
    }

    private async Task PictureAsync(ServiceProcess service, string name, BrowserNewPageOptions options, bool fullPage)
    {
        await using IPage page = await OpenAsync(service, options);
        await Expect(Part(page.Locator(".query"), "readRate")).Not.ToHaveTextAsync("–");
        int visible = options.ViewportSize!.Width / 128;
        await Expect(page.Locator($"#covers li:nth-child(-n+{visible}) .loaded")).ToHaveCountAsync(visible);

        byte[] shot = await page.ScreenshotAsync(new() { FullPage = fullPage, Animations = ScreenshotAnimations.Disabled });

        using var picture = Image.NewFromBuffer(shot);
        string path = Repository.PathOf($"docs/{name}");
        picture.Pngsave(path, compression: 9, palette: true);
        Assert.InRange(new FileInfo(path).Length, 1, MaxBytes);
    }

    /// <summary>A web server about as fast as one far away, without some of the covers.</summary>
    private static async Task AnswerAsync(HttpContext context, TestCatalogue catalogue)
    {
        string path = catalogue.PathOf($"covers{context.Request.Path.Value}");
        int number = int.Parse(Path.GetFileNameWithoutExtension(path), CultureInfo.InvariantCulture);
        double wave = Math.Sin(Environment.TickCount64 / 15_000.0);
        await Task.Delay(TimeSpan.FromMilliseconds(200 + (120 * wave) + (number % 37 * 6)), context.RequestAborted);
        await (number % 499 == 0 ? Answers.Status(404) : Answers.Body(await File.ReadAllBytesAsync(path, context.RequestAborted)))(context);
    }

    [GeneratedRegex("^[678].$")]
    private static partial Regex Most();
}
