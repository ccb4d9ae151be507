using System.ComponentModel.DataAnnotations;

namespace Etl.Host.Service;

/// <summary>How <c>etl serve</c> watches the catalogue and where it answers; bound from the section <c>Etl:Service</c>.</summary>
internal sealed class ServiceOptions
{
    public const string Section = "Etl:Service";

    /// <summary>Addresses of the page and the endpoints, separated by semicolons. Beyond this machine they take
    /// <see cref="ApiKey"/>. Default: <c>http://127.0.0.1:5080</c>.</summary>
    [Required]
    public string Urls { get; set; } = "http://127.0.0.1:5080";

    /// <summary>What requests that change something have to send as <c>X-Api-Key</c>; shown nowhere. Default: none.</summary>
    [MinLength(1)] // the expression is not asked about an empty text
    [RegularExpression("^[!-~]{16,}$", ErrorMessage = "{0} must be 16 or more letters, digits and signs, without spaces.")]
    public string? ApiKey { get; set; }

    /// <summary>How often the database is asked whether it has changed. Default: 0.5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:01:00")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long after its first failure a movie is tried again; twice as long after each further one. Default:
    /// 1 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "1.00:00:00")]
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>The longest time until a movie is tried again. Default: 1 day.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "365.00:00:00")]
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromDays(1);

    /// <summary>What is wrong with options together, a line each.</summary>
    public IEnumerable<string> Problems()
    {
        if (MaxRetryDelay < RetryDelay)
        {
            yield return $"{Section}:MaxRetryDelay must be at least {Section}:RetryDelay, which is {RetryDelay}; found {MaxRetryDelay}";
        }
    }
}
