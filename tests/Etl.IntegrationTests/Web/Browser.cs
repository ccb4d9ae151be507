using Microsoft.Playwright;

namespace Etl.IntegrationTests.Web;

/// <summary>The Chromium of this machine, without a window; one for all tests of the page, started by the first. None is ever downloaded.</summary>
public sealed class Browser : IAsyncDisposable
{
    private const string Variable = "ETL_CHROMIUM";
    private static readonly string[] Names = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"]; // the first needs half the CPU
    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private readonly Lazy<Task<(IPlaywright Playwright, IBrowser Program)>> _started = new(StartAsync);

    /// <summary>A page that shares nothing with the others; skips the test where there is no Chromium.</summary>
    internal async Task<IPage> OpenAsync(BrowserNewPageOptions options) => Patient(await (await ProgramAsync()).NewPageAsync(options));

    /// <summary>Tabs of one window; skips the test where there is no Chromium.</summary>
    internal async Task<IBrowserContext> OpenWindowAsync() => await (await ProgramAsync()).NewContextAsync(new() { ReducedMotion = ReducedMotion.Reduce });

    /// <summary>A further tab of a window.</summary>
    internal static async Task<IPage> OpenTabAsync(IBrowserContext window) => Patient(await window.NewPageAsync());

    public async ValueTask DisposeAsync()
    {
        if (_started.IsValueCreated)
        {
            (IPlaywright playwright, IBrowser program) = await _started.Value;
            await program.DisposeAsync();
            playwright.Dispose();
        }
    }

    private async Task<IBrowser> ProgramAsync()
    {
        Assert.SkipWhen(FindProgram() is null, $"There is no Chromium on the PATH, and {Variable} names none.");
        return (await _started.Value).Program;
    }

    private static async Task<(IPlaywright Playwright, IBrowser Program)> StartAsync()
    {
        Assertions.SetDefaultExpectTimeout((float)TestTimeout.TotalMilliseconds);
        IPlaywright playwright = await Playwright.CreateAsync();
        return (playwright, await playwright.Chromium.LaunchAsync(new() { ExecutablePath = FindProgram(), Args = Arguments }));
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
