using Etl.IntegrationTests.Run;
using Etl.IntegrationTests.Service;
using Microsoft.Data.Sqlite;
using Microsoft.Playwright;
using NetVips;
using static Microsoft.Playwright.Assertions;

namespace Etl.IntegrationTests.Web;

/// <summary>Takes the pictures of <c>docs/page.md</c>: one service passes through the states of an eventful day within some minutes. Runs only with
/// <c>-explicit only</c>.</summary>
public sealed class ScreenshotTests(Browser browser) : PageTests(browser)
{
    private const int Drawn = 600, Movies = 6_000, FirstOfTheRest = 7_000_000;
    private const int MaxBytes = 120_000, MaxBytesOfWholePage = 260_000;

    private static readonly BrowserNewPageOptions Light = new() { ColorScheme = ColorScheme.Light, ViewportSize = new() { Width = 1440, Height = 900 } };
    private static readonly BrowserNewPageOptions Dark = new() { ColorScheme = ColorScheme.Dark, ViewportSize = new() { Width = 1440, Height = 900 } };
    private static readonly BrowserNewPageOptions Phone = new() { ViewportSize = new() { Width = 390, Height = 844 }, DeviceScaleFactor = 2 };

    [Fact(Explicit = true)]
    public async Task Page_InEachState_IsPictured()
    {
        ExpectedFault = "status of"; // thumbnails of missing covers, and dead letters of a database that is gone
        using var catalogue = new TestCatalogue(Drawn);
        Insert(catalogue, FirstOfTheRest, Movies - Drawn);
        await using PicturedCovers covers = await PicturedCovers.StartAsync(catalogue);
        (covers.MissingFrom, covers.MissingTo) = (FirstOfTheRest + 500, FirstOfTheRest + 560);
        Configure(catalogue, fetchers: 4);
        await using ServiceProcess service = await ServiceProcess.StartAsync(
            catalogue, "--config", "etl.json", "--set", $"Etl:Fetch:Locations:0={covers.Location}", "--set", "Etl:Service:RetryDelay=00:20:00");
        await using IPage watched = await OpenAsync(service);

        await PassAsync(seconds: 120);
        await PictureAsync(service, "backlog", "Running");

        Configure(catalogue, fetchers: 5);
        service.Signal(EtlProcess.HangUp);
        await PassAsync(seconds: 30);
        using (SqliteConnection other = catalogue.Hold("BEGIN IMMEDIATE"))
        {
            await ExpectAsync(watched, "Database locked");
            await PictureAsync(service, "locked", "Database locked");
        }

        await PassAsync(seconds: 40);
        await covers.DownAsync();
        await ExpectAsync(watched, "Waiting for covers");
        await PassAsync(seconds: 15);
        await PictureAsync(service, "cover-outage", "Waiting for covers");

        await covers.UpAsync();
        await ExpectAsync(watched, "Running");
        await PassAsync(seconds: 40);
        await PostAsync(service, "pause");
        await ExpectAsync(watched, "Paused");
        await PassAsync(seconds: 15);
        await PictureAsync(service, "paused", "Paused");

        covers.Latency = TimeSpan.FromMilliseconds(2);
        await PostAsync(service, "resume");
        await ExpectAsync(watched, "Idle");
        await PassAsync(seconds: 20);
        await PictureAsync(service, "idle", "Idle");

        covers.Latency = TimeSpan.FromMilliseconds(150);
        using (var trickling = new CancellationTokenSource())
        {
            Task trickle = TrickleAsync(catalogue, trickling.Token);
            await PassAsync(seconds: 45);
            await PictureAsync(service, "trickle", "Running");
            await trickling.CancelAsync();
            await trickle;
        }

        File.Move(catalogue.PathOf("movies.db"), catalogue.PathOf("away.db"));
        await ExpectAsync(watched, "Waiting for the database");
        await PassAsync(seconds: 15);
        await PictureAsync(service, "database-outage", "Waiting for the database");

        File.Move(catalogue.PathOf("away.db"), catalogue.PathOf("movies.db"));
        await ExpectAsync(watched, "Idle");
        (covers.MissingFrom, covers.Latency) = (int.MaxValue, TimeSpan.FromSeconds(1));
        Insert(catalogue, FirstOfTheRest + Movies, 400);
        await PassAsync(seconds: 20);
        covers.Latency = TimeSpan.FromSeconds(20);
        await PassAsync(seconds: 3);
        service.Signal(EtlProcess.Terminate);
        await ExpectAsync(watched, "Draining");
        await PictureAsync(service, "draining", "Draining");
    }

    private async Task PictureAsync(ServiceProcess service, string name, string state)
    {
        await PictureAsync(service, $"{name}-light.png", Light, state);
        await PictureAsync(service, $"{name}-dark.png", Dark, state);
        await PictureAsync(service, $"{name}-phone.png", Phone, state);
        if (name == "backlog")
        {
            await using IPage page = await OpenAsync(service, Light, state);
            await Expect(page.Locator("#covers .loaded").Nth(5)).ToBeVisibleAsync(); // new ones come all the time
            Save(await ShotAsync(page, await BottomAsync(page, "#dead-letters tr:nth-child(6)")), "page.png", MaxBytesOfWholePage);
        }
    }

    /// <summary>A picture of a phone's screen, or of the page from its top to the timeline.</summary>
    private async Task PictureAsync(ServiceProcess service, string name, BrowserNewPageOptions options, string state)
    {
        await using IPage page = await OpenAsync(service, options, state);
        Save(await ShotAsync(page, options == Phone ? Phone.ViewportSize!.Height : await BottomAsync(page, "#timeline") + 16), name, MaxBytes);
    }

    private static Task<float> BottomAsync(IPage page, string element) =>
        page.EvaluateAsync<float>($"document.querySelector('{element}').getBoundingClientRect().bottom + scrollY");

    /// <summary>A picture of the page from its top down to a height.</summary>
    private static Task<byte[]> ShotAsync(IPage page, float height) => page.ScreenshotAsync(new()
    {
        FullPage = true,
        Clip = new() { Width = page.ViewportSize!.Width, Height = height },
        Animations = ScreenshotAnimations.Disabled,
    });

    private static void Save(byte[] shot, string name, int maxBytes)
    {
        string path = Repository.PathOf($"docs/page/{name}");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var picture = Image.NewFromBuffer(shot);
        picture.Pngsave(path, compression: 9, palette: true, effort: 10);
        Assert.InRange(new FileInfo(path).Length, 1, maxBytes);
    }

    /// <summary>A page that has drawn everything and shows a state.</summary>
    private async Task<IPage> OpenAsync(ServiceProcess service, BrowserNewPageOptions options, string state)
    {
        IPage page = await OpenAsync(service, options);
        await Expect(Part(page.Locator(".query"), "readRate")).Not.ToHaveTextAsync("–");
        await Expect(page.Locator("#timeline .segment")).Not.ToHaveCountAsync(0);
        await Expect(Part(page.Locator("#throughput"), "span")).Not.ToHaveTextAsync("last 1 min");
        await ExpectAsync(page, state);
        return page;
    }

    private static Task ExpectAsync(IPage page, string state) =>
        Expect(Part(page.Locator("#header"), "state")).ToHaveTextAsync(state, new() { Timeout = 180_000 });

    private static Task PassAsync(int seconds) => Task.Delay(TimeSpan.FromSeconds(seconds));

    private static async Task PostAsync(ServiceProcess service, string change)
    {
        using HttpResponseMessage answer = await service.Client.PostAsync(new Uri($"/api/{change}", UriKind.Relative), content: null);
        answer.EnsureSuccessStatusCode();
    }

    private static void Configure(TestCatalogue catalogue, int fetchers) => File.WriteAllText(
        catalogue.PathOf("etl.json"), $$"""{ "Etl": { "Fetch": { "DegreeOfParallelism": {{fetchers}} } } }""");

    private static void Insert(TestCatalogue catalogue, int first, int movies) => catalogue.Execute(
        $"""
        WITH RECURSIVE numbers(number) AS (SELECT {first} UNION ALL SELECT number + 1 FROM numbers WHERE number < {first + movies - 1})
        INSERT INTO movies (id, title) SELECT number, 'Movie ' || number FROM numbers
        """);

    /// <summary>Inserts a movie every one to three seconds.</summary>
    private static async Task TrickleAsync(TestCatalogue catalogue, CancellationToken cancellationToken)
    {
        for (int number = 8_000_000; !cancellationToken.IsCancellationRequested; number++)
        {
            Insert(catalogue, number, 1 + (number % 3));
            number += number % 3;
            await Task.Delay(TimeSpan.FromSeconds(1 + (number % 3)), cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
