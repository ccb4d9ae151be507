using System.Globalization;
using Etl.IntegrationTests.Run;

namespace Etl.IntegrationTests.Service;

/// <summary>New movies with covers, four a second, the same for each of some catalogues, until it ends.</summary>
internal sealed class Trickle : IAsyncDisposable
{
    /// <summary>Lines that a service may log meanwhile.</summary>
    public const double MaxLinesPerHour = 400;

    private const int FirstId = 8_000_000;

    private readonly PeriodicTimer _timer = new(TimeSpan.FromMilliseconds(250));
    private readonly Task _inserting;

    public Trickle(params TestCatalogue[] catalogues) => _inserting = InsertAsync(catalogues);

    /// <summary>Movies inserted into each catalogue.</summary>
    public int Movies { get; private set; }

    /// <summary>Inserts no more.</summary>
    public Task EndAsync()
    {
        _timer.Dispose();
        return _inserting;
    }

    public async ValueTask DisposeAsync() => await EndAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private async Task InsertAsync(TestCatalogue[] catalogues)
    {
        byte[][] covers = [.. catalogues.Select(static catalogue => catalogue.GoodCover())];
        while (await _timer.WaitForNextTickAsync(CancellationToken.None))
        {
            string id = (FirstId + Movies).ToString(CultureInfo.InvariantCulture);
            foreach ((TestCatalogue catalogue, byte[] cover) in catalogues.Zip(covers))
            {
                await File.WriteAllBytesAsync(catalogue.PathOf($"covers/{id}.jpg"), cover, CancellationToken.None);
                catalogue.Execute($"PRAGMA busy_timeout = 30000; INSERT INTO movies (id, title) VALUES ('{id}', 'New')");
            }

            Movies++;
        }
    }
}
