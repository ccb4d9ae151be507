namespace Etl.Host;

/// <summary>The exit codes of the process.</summary>
internal static class ExitCodes
{
    /// <summary>Every movie has a palette, damaged covers included, or nothing was missing.</summary>
    public const int Done = 0;

    /// <summary>The run failed, or the environment cannot be used.</summary>
    public const int Failed = 1;

    /// <summary>The command line or the configuration was refused.</summary>
    public const int Refused = 2;

    /// <summary>Finished, but dead letters, skipped movies or superseded movies without a palette remain.</summary>
    public const int Incomplete = 3;

    /// <summary>The run reached <c>Etl:MaxDeadLetters</c>.</summary>
    public const int TooManyDeadLetters = 4;

    /// <summary>Ended by SIGHUP, which a closed terminal sends.</summary>
    public const int HungUp = 129;

    /// <summary>Ended by SIGINT.</summary>
    public const int Interrupted = 130;

    /// <summary>Ended by SIGTERM.</summary>
    public const int Terminated = 143;
}
