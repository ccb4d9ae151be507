namespace Etl.Host.Run;

/// <summary>The settings of one run that the command line adds to the configuration.</summary>
internal sealed record RunSettings
{
    /// <summary>Maximum number of movies to read; null for all.</summary>
    public long? Limit { get; init; }

    /// <summary>The ids of the movies to read, as text; null for all.</summary>
    public IReadOnlyList<string>? Ids { get; init; }

    /// <summary>Whether the run does everything except the write.</summary>
    public bool DryRun { get; init; }

    public ProgressMode Progress { get; init; }

    /// <summary>How log lines are written.</summary>
    public LogFormat LogFormat { get; init; }

    /// <summary>Whether nothing but warnings and errors is shown.</summary>
    public bool Quiet { get; init; }

    /// <summary>Whether the run fails, instead of waiting, while another coordinator uses the queues of its broker.</summary>
    public bool NoWait { get; init; }

    /// <summary>Where the database is copied to before the first write.</summary>
    public FileInfo? Backup { get; init; }

    /// <summary>Where the report is written as JSON.</summary>
    public FileInfo? Report { get; init; }
}
