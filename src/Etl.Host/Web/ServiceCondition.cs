using System.Text.Json;
using PaletteEtl.Service;

namespace Etl.Host.Web;

/// <summary>The state of the service as the timeline shows it, the more serious the later.</summary>
internal enum ServiceCondition
{
    Idle,
    Running,
    Paused,
    Standby,
    Draining,

    /// <summary>Idle, and a check of readiness fails.</summary>
    NotReady,

    /// <summary>Movies in flight do not move.</summary>
    Stalled,

    /// <summary>No location of covers can be used.</summary>
    Outage,

    /// <summary>Another program holds a lock of the database.</summary>
    Locked,

    /// <summary>The database cannot be used.</summary>
    Waiting,
}

/// <summary>Derives conditions from snapshots of the service.</summary>
internal static class ServiceConditions
{
    private static readonly string[] Names = [.. Enum.GetNames<ServiceCondition>().Select(JsonNamingPolicy.CamelCase.ConvertName)];

    /// <summary>The name in JSON.</summary>
    public static string Name(this ServiceCondition condition) => Names[(int)condition];

    /// <param name="service">The service now.</param>
    /// <param name="settled">Whether movies were settled in the last second: most runs of a trickle end between two snapshots.</param>
    /// <param name="isLocked">Whether another program holds a lock of the database.</param>
    /// <param name="isStalled">Whether movies in flight have not moved for long.</param>
    /// <param name="isReady">Whether all checks of readiness pass.</param>
    public static ServiceCondition Of(ServiceSnapshot service, bool settled, bool isLocked, bool isStalled, bool isReady) => service.State switch
    {
        ServiceState.Draining => ServiceCondition.Draining,
        ServiceState.Waiting when !isLocked => ServiceCondition.Waiting,
        ServiceState.Outage => ServiceCondition.Outage,
        ServiceState.Paused => ServiceCondition.Paused,
        ServiceState.Standby => ServiceCondition.Standby,
        _ when isLocked => ServiceCondition.Locked,
        _ when isStalled => ServiceCondition.Stalled,
        ServiceState.Idle when !settled => isReady ? ServiceCondition.Idle : ServiceCondition.NotReady,
        _ => ServiceCondition.Running,
    };
}
