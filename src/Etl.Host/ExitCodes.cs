namespace Etl.Host;

/// <summary>The exit codes of the process.</summary>
internal static class ExitCodes
{
    /// <summary>Done, also when nothing was missing, or when covers were damaged and have their palettes all the same.</summary>
    public const int Done = 0;

    /// <summary>The run failed, or the environment cannot be used.</summary>
    public const int Failed = 1;

    /// <summary>The command line or the configuration was refused.</summary>
    public const int Refused = 2;

    /// <summary>Finished, but dead letters, skipped movies or superseded movies without a palette remain.</summary>
    public const int Incomplete = 3;

    /// <summary>As many dead letters as <c>Etl:MaxDeadLetters</c> allows.</summary>
    public const int TooManyDeadLetters = 4;

    /// <summary>Ended by SIGHUP: its terminal was closed.</summary>
    public const int HungUp = 129;

    /// <summary>Ended by SIGINT.</summary>
    public const int Interrupted = 130;

    /// <summary>Ended by SIGTERM.</summary>
    public const int Terminated = 143;
}
