using System.Diagnostics.Metrics;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using PaletteEtl.Covers;
using PaletteEtl.Covers.Http;
using PaletteEtl.Hosting;
using PaletteEtl.Model;

namespace Etl.Tests.Support;

/// <summary>Fetches covers from real places, of a budget that is watched.</summary>
internal sealed class TestCovers : IDisposable
{
    private readonly Lazy<ServiceProvider> _services;

    public TestCovers(params string[] locations)
    {
        Options.Fetch.Locations = [.. locations];
        _services = new(() => new ServiceCollection()
            .AddSingleton(Microsoft.Extensions.Options.Options.Create(Options))
            .AddSingleton(Clock)
            .AddSingleton<IMeterFactory>(Meters)
            .AddLogging(log => log.SetMinimumLevel(LogLevel.Trace).AddProvider(new FakeLoggerProvider(Log)))
            .AddCoverClient()
            .AddHttpClient(CoverClient.Name).UseSocketsHttpHandler((handler, _) => TrustIn(handler)).Services
            .AddSingleton(new EtlBuilder().Covers.Create)
            .BuildServiceProvider());
    }

    public EtlOptions Options { get; } = new() { Fetch = { MaxCoverBytes = 1_000_000 } };

    public MemoryBudget Budget { get; init; } = new(1_000_000);

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The certificate of a server that is trusted.</summary>
    public X509Certificate2? Trusted { get; init; }

    public FakeLogCollector Log { get; } = new();

    public TestMeterFactory Meters { get; } = new();

    /// <summary>The bytes of a movie's cover, and its version.</summary>
    public async Task<(byte[] Bytes, CoverVersion Version)> FetchAsync(
        object? id, DeadLetter? previous = null, CancellationToken cancellationToken = default) =>
        await FetchAsync(MovieOf(id, previous), cancellationToken);

    /// <inheritdoc cref="FetchAsync(object?, DeadLetter?, CancellationToken)"/>
    public async Task<(byte[] Bytes, CoverVersion Version)> FetchAsync(Movie movie, CancellationToken cancellationToken = default)
    {
        using Reservation reservation = Reservations.Of(Budget);
        FetchResult fetched = await FetchAsync(movie, reservation, cancellationToken);
        Assert.False(fetched.IsUnchanged, "The cover counts as unchanged.");
        using Cover cover = fetched.Cover!;
        Assert.Equal(cover.Data.Length, reservation.Bytes);
        return (cover.Data.GetSpan().ToArray(), cover.Version);
    }

    /// <summary>Whether a movie's cover has not changed since it failed; nothing of the budget is left taken then.</summary>
    public async Task<bool> IsUnchangedAsync(object? id, DeadLetter previous)
    {
        using Reservation reservation = Reservations.Of(Budget);
        FetchResult fetched = await FetchAsync(MovieOf(id, previous), reservation, CancellationToken.None);
        using Cover? cover = fetched.Cover;
        Assert.Equal(fetched.IsUnchanged, cover is null && Budget.Taken == 0);
        return fetched.IsUnchanged;
    }

    /// <summary>The failure of a movie's cover; nothing of the budget is left taken.</summary>
    public Task<CoverException> FailAsync(object? id, DeadLetter? previous = null) => FailAsync(MovieOf(id, previous));

    /// <inheritdoc cref="FailAsync(object?, DeadLetter?)"/>
    public async Task<CoverException> FailAsync(Movie movie)
    {
        var error = await Assert.ThrowsAsync<CoverException>(() => FetchAsync(movie));
        Assert.Equal(0, Budget.Taken);
        return error;
    }

    public ICoverSource Source => _services.Value.GetRequiredService<ICoverSource>();

    private static Movie MovieOf(object? id, DeadLetter? previous) => new(default, new MovieId(id), previous);

    private Task<FetchResult> FetchAsync(Movie movie, Reservation memory, CancellationToken cancellationToken) =>
        Source.FetchAsync(movie, memory, cancellationToken)
            .AsTask().WaitAsync(TestTimeout, CancellationToken.None);

    private void TrustIn(SocketsHttpHandler handler)
    {
        if (Trusted is not null)
        {
            handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                CustomTrustStore = { Trusted },
                RevocationMode = X509RevocationMode.NoCheck,
            };
        }
    }

    public void Dispose()
    {
        Meters.Dispose();
        if (_services.IsValueCreated)
        {
            _services.Value.Dispose();
        }
    }
}
