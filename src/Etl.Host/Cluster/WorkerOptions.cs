using System.ComponentModel.DataAnnotations;

namespace Etl.Host.Cluster;

/// <summary>Options of <c>etl worker</c>.</summary>
/// <remarks>Bound from the configuration section <c>Etl:Worker</c>.</remarks>
internal sealed class WorkerOptions
{
    public const string Section = "Etl:Worker";

    /// <summary>Addresses of <c>/health/live</c> and <c>/health/ready</c> of <c>etl worker</c>, separated by semicolons, such as
    /// <c>http://0.0.0.0:5081</c>. If not set, the worker does not listen. Default: not set.</summary>
    [MinLength(1)]
    public string? Urls { get; set; }

    /// <summary>File that <c>etl worker</c> writes every 5 s while it is alive, for <c>etl worker --probe</c>. In a
    /// configuration file, a relative path starts at the folder of the file. If not set, no file is written. Default: not
    /// set.</summary>
    [MinLength(1)]
    public string? HealthFile { get; set; }
}
