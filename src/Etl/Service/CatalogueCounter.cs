using Microsoft.Extensions.Hosting;
using PaletteEtl.Catalogue;

namespace PaletteEtl.Service;

/// <summary>Keeps the count of the catalogue current. Movies of another store are not counted.</summary>
internal sealed class CatalogueCounter(IServiceProgram program, ServiceMonitor monitor, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly CatalogueCount? _count = program.Catalogue is null ? null : new(() => program.Catalogue!, monitor, clock, ThreadTime.Used);

    /// <summary>The catalogue now; null until it is counted.</summary>
    public CatalogueSnapshot? Snapshot(ServiceSnapshot service) => _count?.Snapshot(service);

    public override void Dispose()
    {
        base.Dispose();
        _count?.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_count is null)
        {
            return;
        }

        using var timer = new PeriodicTimer(Interval, clock);
        using CancellationTokenRegistration ending = stoppingToken.Register(timer.Dispose);
        while (await timer.WaitForNextTickAsync(CancellationToken.None).ConfigureAwait(false))
        {
            Refresh(_count);
        }

        Refresh(_count); // for the last summary
    }

    private static void Refresh(CatalogueCount count)
    {
        try
        {
            count.Refresh();
        }
        catch (Exception error) when (error is CatalogueException or OperationCanceledException)
        {
            // An abort has interrupted the count, or the service logs it, and the check of readiness shows it; the last count stays.
        }
    }
}
