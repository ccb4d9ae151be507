using System.ComponentModel.DataAnnotations;

namespace Etl.Cluster;

/// <summary>The broker through which workers on other machines take part.</summary>
/// <remarks>Bound from the configuration section <c>Etl:Cluster</c>.</remarks>
internal sealed class ClusterOptions
{
    public const string Section = "Etl:Cluster";

    /// <summary>URL of the RabbitMQ broker, such as <c>amqps://etl@broker:5671/movies</c>, without the password. With a
    /// broker, workers make the palettes of <c>etl run</c> and <c>etl serve</c>. If not set, the process makes them. Default:
    /// not set.</summary>
    [RegularExpression(
        @"^(?i:amqps?)://\S+$",
        ErrorMessage = "{0} must be an address such as amqps://etl@broker:5671/movies, without the password.")]
    public string? Broker { get; set; }

    /// <summary>Password of the broker's user, preferably set in the environment. The value is never shown. Default: not
    /// set.</summary>
    [MinLength(1)]
    public string? Password { get; set; }

    /// <summary>PEM file with the certificates of the authorities trusted for the broker. In a configuration file, a relative
    /// path starts at the folder of the file. If not set, the system's authorities are trusted. Default: not set.</summary>
    [MinLength(1)]
    public string? CaFile { get; set; }

    /// <summary>URL of the broker's management plugin, such as <c>https://broker:15671</c>, for the rates of <c>etl cluster
    /// status</c>; requests use the broker's user. If not set, no rates are shown. Default: not set.</summary>
    [RegularExpression("^(?i:https?)://[^/?#@ ]+(/[^?#@ ]*)?$",
        ErrorMessage = "{0} must be an address such as https://broker:15671, without user name and query.")]
    public string? Management { get; set; }

    /// <summary>Prefix of the queue names. Catalogues that share a virtual host need different prefixes. Range: 1 to 64
    /// characters. Default: <c>etl</c>.</summary>
    [Required]
    [MaxLength(64)]
    public string Queues { get; set; } = "etl";

    /// <summary>Maximum number of movies in a message. Range: 1 to 1,024. Default: 16.</summary>
    [Range(1, 1024)]
    public int BatchSize { get; set; } = 16;

    /// <summary>Maximum number of movies sent to workers and not yet answered; reading waits at this limit. At least
    /// <see cref="BatchSize"/>. Range: 1 to 65,535. Default: 4,096.</summary>
    [Range(1, 65_535)]
    public int MaxInFlight { get; set; } = 4_096;

    /// <summary>Shortest time after which a movie without a result is sent again, if no message waits for workers. The time is three times
    /// the longest response time of late, if that is longer, and doubles with each repetition. Range: 1 s to 1 h. Default:
    /// 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Identity of the only catalogue whose movies a worker processes, as the run logs it. If not set, a worker
    /// processes the movies of every catalogue that uses the queues. Default: not set.</summary>
    [MinLength(1)]
    public string? Catalogue { get; set; }

    /// <summary>Maximum number of messages that a worker holds at the same time. It holds fewer while they take minutes. Range: 1 to 256.
    /// Default: 8.</summary>
    [Range(1, 256)]
    public int Prefetch { get; set; } = 8;

    /// <summary>Time without traffic, in either direction, after which a connection counts as lost. Range: 1 s to 10 min.
    /// Default: 20 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan Heartbeat { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>The problems of options together, a line each.</summary>
    public IEnumerable<string> Problems()
    {
        if (MaxInFlight < BatchSize)
        {
            yield return $"{Section}:MaxInFlight must be at least {Section}:BatchSize, which is {BatchSize}; found {MaxInFlight}";
        }

        if (Broker is not null && (!Uri.TryCreate(Broker, UriKind.Absolute, out Uri? address) || address.Host.Length == 0))
        {
            yield return $"{Section}:Broker has no host";
        }
        else if (Broker is not null && new Uri(Broker).UserInfo.Contains(':', StringComparison.Ordinal))
        {
            yield return $"{Section}:Broker contains a password; move it to {Section}:Password";
        }
    }
}
