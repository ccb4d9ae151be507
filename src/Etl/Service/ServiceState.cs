namespace PaletteEtl.Service;

/// <summary>The states of the service.</summary>
public enum ServiceState
{
    /// <summary>Nothing is missing, or nothing is due.</summary>
    Idle,

    /// <summary>A run is under way.</summary>
    Running,

    /// <summary>It stops, and settles what it has read.</summary>
    Draining,

    /// <summary>The catalogue cannot be used; it is tried again and again.</summary>
    Waiting,

    /// <summary>No location of covers can be used: a run holds its movies until one can.</summary>
    Outage,

    /// <summary>It was paused on request: no movie is read until it is resumed.</summary>
    Paused,

    /// <summary>Another service leads the catalogue; this one takes over when that ends.</summary>
    Standby,
}
