using Microsoft.Playwright;

namespace Etl.IntegrationTests.Web;

/// <summary>The Chromium of this machine, without a window; one for all tests of the page. None is ever downloaded.</summary>
public sealed class Browser : IAsyncLifetime
{
    private const string Variable = "ETL_CHROMIUM";
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];
    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        if (FindProgram() is not { } program)
        {
            return;
        }

        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = program, Args = Arguments });
        Assertions.SetDefaultExpectTimeout((float)TestTimeout.TotalMilliseconds);
    }

    /// <summary>A page that shares nothing with the ones before; skips the test where there is no Chromium.</summary>
    internal async Task<IPage> OpenAsync(BrowserNewPageOptions options) => Patient(await Program.NewPageAsync(options));

    /// <summary>Tabs of one window; skips the test where there is no Chromium.</summary>
    internal async Task<IBrowserContext> OpenWindowAsync() => await Program.NewContextAsync();

    /// <summary>A further tab of a window.</summary>
    internal static async Task<IPage> OpenTabAsync(IBrowserContext window) => Patient(await window.NewPageAsync());

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }

    private IBrowser Program
    {
        get
        {
            Assert.SkipWhen(_browser is null, $"There is no Chromium on the PATH, and {Variable} names none.");
            return _browser;
        }
    }

    private static IPage Patient(IPage page)
    {
        page.SetDefaultTimeout((float)TestTimeout.TotalMilliseconds);
        return page;
    }

    private static string? FindProgram() =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named
            ? named
            : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
                .SelectMany(folder => Names.Select(name => Path.Combine(folder, name)))
                .FirstOrDefault(File.Exists);
}
