using Etl.Fetch;
using Etl.Pipeline;
using Etl.Query;
using Microsoft.Extensions.DependencyInjection;

namespace Etl.Tests.Support;

/// <summary>Fetches covers from real places, of a budget that is watched.</summary>
internal sealed class Covers : IDisposable
{
    private readonly ServiceProvider _services;

    public Covers(params string[] locations)
    {
        Options.Fetch.Locations = [.. locations];
        var services = new ServiceCollection();
        services.AddHttpClient(HttpLocation.ClientName, client => client.Timeout = ClientTimeout);
        _services = services.BuildServiceProvider();
    }

    public EtlOptions Options { get; } = new() { Fetch = { MaxCoverBytes = 1_000_000 } };

    public MemoryBudget Budget { get; } = new(1_000_000);

    public TimeSpan ClientTimeout { get; init; } = TestTimeout;

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The bytes of a movie's cover, and its version.</summary>
    public async Task<(byte[] Bytes, CoverVersion Version)> FetchAsync(object? id, Etl.Write.DeadLetter? previous = null)
    {
        var source = new LocatedCoverSource(
            Microsoft.Extensions.Options.Options.Create(Options), _services.GetRequiredService<IHttpClientFactory>(), Clock);
        using Reservation reservation = Reservations.Of(Budget);
        using Cover cover = await source
            .FetchAsync(new Movie(new RowKey(1), new MovieId(id), previous), reservation, CancellationToken.None)
            .AsTask().WaitAsync(TestTimeout);
        Assert.Equal(cover.Data.Length, Budget.Taken);
        return (cover.Data.GetSpan().ToArray(), cover.Version);
    }

    /// <summary>The failure of a movie's cover; nothing of the budget is left taken.</summary>
    public async Task<CoverException> FailAsync(object? id, Etl.Write.DeadLetter? previous = null)
    {
        var error = await Assert.ThrowsAsync<CoverException>(() => FetchAsync(id, previous));
        Assert.Equal(0, Budget.Taken);
        return error;
    }

    public void Dispose() => _services.Dispose();
}
