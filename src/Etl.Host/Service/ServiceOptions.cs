using System.ComponentModel.DataAnnotations;

namespace Etl.Host.Service;

/// <summary>Options of <c>etl serve</c>.</summary>
/// <remarks>Bound from the configuration section <c>Etl:Service</c>.</remarks>
internal sealed class ServiceOptions
{
    public const string Section = "Etl:Service";

    /// <summary>Addresses of the page and the endpoints of <c>etl serve</c>, separated by semicolons. Addresses that other
    /// machines can reach require <see cref="ApiKey"/>. Default: <c>http://127.0.0.1:5080</c>.</summary>
    [Required]
    public string Urls { get; set; } = "http://127.0.0.1:5080";

    /// <summary>API key that requests with changes must send as <c>X-Api-Key</c>. The value is never shown. If not set, no
    /// key is required. Default: not set.</summary>
    [MinLength(1)] // the expression is not asked about an empty text
    [RegularExpression("^[!-~]{16,}$", ErrorMessage = "{0} must be 16 or more letters, digits and signs, without spaces.")]
    public string? ApiKey { get; set; }

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

    /// <summary>The problems of options together, a line each.</summary>
    public IEnumerable<string> Problems()
    {
        if (MaxRetryDelay < RetryDelay)
        {
            yield return $"{Section}:MaxRetryDelay must be at least {Section}:RetryDelay, which is {RetryDelay}; found {MaxRetryDelay}";
        }
    }
}
