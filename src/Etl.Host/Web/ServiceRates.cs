using PaletteEtl.Pipeline;
using PaletteEtl.Service;

namespace Etl.Host.Web;

/// <summary>The speed of the service over the last seconds, across runs: a run may take milliseconds.</summary>
internal sealed class ServiceRates(TimeProvider clock)
{
    /// <summary>Time of the rates. Time of the estimate of the time left, which is to be steadier.</summary>
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10), LongWindow = TimeSpan.FromMinutes(2);

    /// <summary>Time without a settled movie after which a run is stalled: longer than a commit and a response usually take.</summary>
    private static readonly TimeSpan StalledAfter = TimeSpan.FromSeconds(15);

    private readonly Queue<Sample> _samples = [];
    private Sample? _last;
    private long _movedAt;

    /// <summary>Adds the service as it is now.</summary>
    public ServiceSpeed Add(ServiceSnapshot service, long? pending)
    {
        var now = new Sample(clock.GetTimestamp(), service);
        if (_last is null || IsMoving(_last.Service, service))
        {
            _movedAt = now.At;
        }

        _last = now;
        _samples.Enqueue(now);
        while (clock.GetElapsedTime(_samples.Peek().At, now.At) > LongWindow)
        {
            _samples.Dequeue();
        }

        Sample recent = _samples.First(sample => clock.GetElapsedTime(sample.At, now.At) <= Window);
        TimeSpan still = clock.GetElapsedTime(_movedAt, now.At);
        bool isStalled = still >= StalledAfter;
        double steady = RateSince(_samples.Peek(), now);
        return new ServiceSpeed(
            clock.GetElapsedTime(recent.At, now.At),
            recent.Service,
            RateSince(recent, now),
            !isStalled && service.Outage is null && steady > 0 && pending > 0 ? TimeSpan.FromSeconds(pending.Value / steady) : null,
            isStalled ? still : null);
    }

    /// <summary>Whether movies have moved on, or none has to.</summary>
    private static bool IsMoving(ServiceSnapshot before, ServiceSnapshot now) =>
        now is not { State: ServiceState.Running or ServiceState.Draining, Run.Ending: RunEnding.Running }
        || (now.Runs, now.Run.Read, now.Run.InFlight) != (before.Runs, before.Run?.Read, before.Run?.InFlight);

    private double RateSince(Sample before, Sample now)
    {
        double seconds = clock.GetElapsedTime(before.At, now.At).TotalSeconds;
        return seconds > 0 ? (now.Service.Totals.Progress - before.Service.Totals.Progress) / seconds : 0;
    }

    private sealed record Sample(long At, ServiceSnapshot Service);
}
