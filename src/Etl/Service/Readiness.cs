namespace PaletteEtl.Service;

/// <summary>Whether a pipeline, or its service, can do its work.</summary>
/// <remarks>The result is cached for two seconds.</remarks>
/// <param name="program">Has the checks of the pipeline.</param>
/// <param name="monitor">The state of the service; null for a pipeline without one.</param>
/// <param name="clock">The time.</param>
internal sealed class Readiness(IServiceProgram program, ServiceMonitor? monitor, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _gate = new(1);
    private volatile IReadOnlyList<ReadinessCheck> _checks = [];
    private long? _checkedAt;

    /// <summary>The last results; none before the first check. A database that the service waits for fails at once.</summary>
    public IEnumerable<ReadinessCheck> Latest => Problem is { } problem
        ? _checks.Select(check => check.Name == ReadinessCheck.Database ? check with { Problem = problem } : check)
        : _checks;

    private string? Problem => monitor?.Snapshot() is { State: ServiceState.Waiting, Problem: var problem } ? problem : null;

    /// <summary>Why it cannot, a sentence for each problem; none when it can.</summary>
    public async Task<IReadOnlyList<string>> CheckAsync(CancellationToken cancellationToken)
    {
        switch (monitor?.Snapshot())
        {
            case { State: ServiceState.Draining }:
                return ["The service is draining."];
            case { State: ServiceState.Standby, Problem: var leader }:
                return [leader!];
        }

        using SemaphoreLease lease = await SemaphoreLease.AcquireAsync(_gate, cancellationToken).ConfigureAwait(false);
        if (_checkedAt is not { } at || clock.GetElapsedTime(at) > Freshness)
        {
            if (await program.CheckAsync(cancellationToken).ConfigureAwait(false) is not { } checks)
            {
                return ["The service is starting."];
            }

            (_checks, _checkedAt) = (checks, clock.GetTimestamp());
        }

        return [.. Latest.Select(static check => check.Problem).OfType<string>()];
    }

    public void Dispose() => _gate.Dispose();
}
