using Etl.IntegrationTests.Cluster;
using Etl.IntegrationTests.Recovery;
using Etl.IntegrationTests.Run;

namespace Etl.LongTests.Cluster;

/// <summary>A catalogue whose palettes after a run of a cluster are compared with those of a run in one process.</summary>
/// <param name="broker">The broker.</param>
/// <param name="movies">Number of movies in the catalogue.</param>
/// <param name="requests">Number of requests that the server of covers waits for.</param>
public abstract class ComparedRun(RabbitBroker broker, int movies, int requests) : IAsyncLifetime
{
    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are sent with kill(2).");
        await broker.NeededAsync();
        Catalogue = new ChaosCatalogue(movies, "wal");
        await EtlProcess.RunAsync(Catalogue.Folder, ["run", .. ChaosCatalogue.Settings, "--quiet"]);
        Expected = Catalogue.Palettes();
        Catalogue.StartOver();
        Covers = await SlowCovers.StartAsync(Answers.FileOf(Catalogue.PathOf("covers")), requests);
    }

    public async ValueTask DisposeAsync()
    {
        Catalogue?.Dispose();
        if (Covers is not null)
        {
            await Covers.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    private protected RabbitBroker Broker => broker;

    private protected ChaosCatalogue Catalogue { get; private set; } = null!;

    /// <summary>A server of the covers that delays each until it is released.</summary>
    private protected SlowCovers Covers { get; private set; } = null!;

    private protected IReadOnlyDictionary<string, string> Expected { get; private set; } = null!;

    /// <summary>Checks that a run has written each palette once, and the same as in one process.</summary>
    private protected void AssertDone(EtlOutput run)
    {
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(Expected, Catalogue.Palettes());
        Assert.Empty(Catalogue.NotWrittenOnce());
    }
}
