using System.Collections.Concurrent;
using System.Net;
using Etl.IntegrationTests.Service;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Etl.IntegrationTests.Web.Browser))]

namespace Etl.IntegrationTests.Web;

/// <summary>Base class of tests of the page. After each test it checks that the page reported no error, broke no policy and
/// sent no request to another host.</summary>
public abstract class PageTests(Browser browser) : IAsyncLifetime
{
    private readonly ConcurrentQueue<string> _faults = new();

    /// <summary>The browser's error for requests that the test makes fail.</summary>
    protected string? ExpectedFault { get; set; }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        Assert.DoesNotContain(_faults, fault => ExpectedFault is null || !fault.Contains(ExpectedFault, StringComparison.Ordinal));
        return ValueTask.CompletedTask;
    }

    /// <summary>Opens the page and waits until it receives the state of the service.</summary>
    private protected async Task<IPage> OpenAsync(ServiceProcess service, BrowserNewPageOptions? options = null) =>
        await OpenAsync(service, await browser.OpenAsync(new(options ?? new()) { ReducedMotion = ReducedMotion.Reduce })); // drawn by the processor

    /// <summary>A window, whose tabs share connections.</summary>
    private protected Task<IBrowserContext> OpenWindowAsync() => browser.OpenWindowAsync();

    /// <summary>Opens the page in a further tab of a window.</summary>
    private protected async Task<IPage> OpenTabAsync(ServiceProcess service, IBrowserContext window) =>
        await OpenAsync(service, await Browser.OpenTabAsync(window));

    private protected static ILocator Part(ILocator within, string name) => within.Locator($"[data-part={name}]");

    private protected static ILocator Banners(IPage page) =>
        page.GetByRole(AriaRole.List, new() { Name = "Problems" }).GetByRole(AriaRole.Listitem);

    private async Task<IPage> OpenAsync(ServiceProcess service, IPage page)
    {
        Uri address = service.Client.BaseAddress!;
        page.PageError += (_, error) => _faults.Enqueue(error);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning") // what the policy forbids is an error
            {
                _faults.Enqueue($"{message.Text} {message.Location}");
            }
        };
        page.Request += (_, request) =>
        {
            if (!address.IsBaseOf(new Uri(request.Url)))
            {
                _faults.Enqueue($"Asked for {request.Url}");
            }
        };

        await Eventually.Holds(async () => await service.StatusOfAsync("api/dead-letters") != HttpStatusCode.ServiceUnavailable); // while it starts
        await page.GotoAsync(address.ToString());
        await Assertions.Expect(page.Locator("body")).ToHaveAttributeAsync("data-connection", "live");
        return page;
    }
}
