using System.ComponentModel.DataAnnotations;

namespace Etl.Cluster;

/// <summary>The broker through which other machines take part; bound from the section <c>Etl:Cluster</c>.</summary>
internal sealed class ClusterOptions
{
    public const string Section = "Etl:Cluster";

    /// <summary>The broker, such as <c>amqps://etl@broker.example:5671/movies</c>, without the password. With it <c>etl run</c>
    /// and <c>etl serve</c> have workers make the palettes. Default: none, they are made in the process.</summary>
    [RegularExpression(
        @"^(?i:amqps?)://\S+$",
        ErrorMessage = "{0} must be an address such as amqps://etl@broker:5671/movies, without the password.")]
    public string? Broker { get; set; }

    /// <summary>The password of the broker's user; best given in the environment, and shown nowhere. Default: none.</summary>
    [MinLength(1)]
    public string? Password { get; set; }

    /// <summary>A file with the certificates, in PEM, of the authorities that may vouch for the broker, in place of the system's.
    /// Default: none.</summary>
    [MinLength(1)]
    public string? CaFile { get; set; }

    /// <summary>The address of the broker's management plugin, such as <c>https://broker.example:15671</c>, for the rates of
    /// <c>etl cluster status</c>; asked as the same user. Default: none, there are no rates.</summary>
    [RegularExpression("^(?i:https?)://[^/?#@ ]+(/[^?#@ ]*)?$",
        ErrorMessage = "{0} must be an address such as https://broker:15671, without user name and query.")]
    public string? Management { get; set; }

    /// <summary>What the names of the queues begin with; catalogues that share a virtual host differ in it. Default: <c>etl</c>.</summary>
    [Required]
    [MaxLength(64)]
    public string Queues { get; set; } = "etl";

    /// <summary>Movies of a message. Default: 16.</summary>
    [Range(1, 1024)]
    public int BatchSize { get; set; } = 16;

    /// <summary>Movies that workers have not answered for yet; at that many, reading waits. Default: 4,096.</summary>
    [Range(1, 65_535)]
    public int MaxInFlight { get; set; } = 4_096;

    /// <summary>Messages that a worker holds at once. Default: 8.</summary>
    [Range(1, 256)]
    public int Prefetch { get; set; } = 8;

    /// <summary>How long a connection may be silent, from either side, before it counts as lost. Default: 20 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan Heartbeat { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>What is wrong with options together, a line each.</summary>
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
