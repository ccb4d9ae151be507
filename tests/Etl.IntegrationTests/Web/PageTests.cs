using System.Collections.Concurrent;
using Etl.IntegrationTests.Service;
using Microsoft.Playwright;

namespace Etl.IntegrationTests.Web;

/// <summary>What tests of the page have in common: whatever it is put through, it reports no error, breaks no policy and
/// asks no other host for anything.</summary>
[Collection<PageSuite>]
public abstract class PageTests(Browser browser) : IAsyncLifetime
{
    private readonly ConcurrentQueue<string> _faults = new();

    /// <summary>What the browser reports of requests that the test has fail.</summary>
    protected string? ExpectedFault { get; set; }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        Assert.DoesNotContain(_faults, fault => ExpectedFault is null || !fault.Contains(ExpectedFault, StringComparison.Ordinal));
        return ValueTask.CompletedTask;
    }

    /// <summary>Opens the page, and waits until it is told what the service does.</summary>
    private protected async Task<IPage> OpenAsync(ServiceProcess service, BrowserNewPageOptions? options = null)
    {
        Uri address = service.Client.BaseAddress!;
        IPage page = await browser.OpenAsync(options ?? new());
        page.PageError += (_, error) => _faults.Enqueue(error);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning") // what the policy forbids is an error
            {
                _faults.Enqueue(message.Text);
            }
        };
        page.Request += (_, request) =>
        {
            if (!address.IsBaseOf(new Uri(request.Url)))
            {
                _faults.Enqueue($"Asked for {request.Url}");
            }
        };

        await page.GotoAsync(address.ToString());
        await Assertions.Expect(page.Locator("body")).ToHaveAttributeAsync("data-connection", "live");
        return page;
    }

    private protected static ILocator Part(ILocator within, string name) => within.Locator($"[data-part={name}]");
}
