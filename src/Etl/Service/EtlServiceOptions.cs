using System.ComponentModel.DataAnnotations;

namespace PaletteEtl.Service;

/// <summary>Options of the service: of <c>etl serve</c>, and of a program with <c>AddEtlService</c>.</summary>
/// <remarks>Bound from the configuration section <c>Etl:Service</c>.</remarks>
public sealed class EtlServiceOptions
{
    /// <summary>Interval between checks of the database for changes. Range: 50 ms to 1 min. Default: 500 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:01:00")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Delay of the first retry of a failed movie; it doubles with each further failure. Range: 100 ms to 1 day.
    /// Default: 1 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "1.00:00:00")]
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Maximum delay of a retry. At least <see cref="RetryDelay"/>. Range: 100 ms to 365 days. Default: 1
    /// day.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "365.00:00:00")]
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromDays(1);

    /// <summary>Time in which the service checks every palette once, if <c>Etl:Query:Refresh</c> is set; the checks are spread over
    /// it. Range: 1 s to 365 days. Default: 1 day.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "365.00:00:00")]
    public TimeSpan RefreshInterval { get; set; } = TimeSpan.FromDays(1);
}
