namespace Etl.Host.Web;

/// <summary>A stage of a run. Rate and shares of its workers' time are those of the last seconds, or of the whole run once
/// it has ended; shares are 0 to 1 and add up to 1.</summary>
internal sealed record StageJson(
    string Name,
    int Workers,
    int WorkersBusy,
    int Capacity,
    int Held,
    long Items,
    long Failures,
    double ItemsPerSecond,
    double P50,
    double P95,
    double Busy,
    double Blocked,
    double Starved,
    bool Limits);
