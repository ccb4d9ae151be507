namespace Etl.Host.Run;

/// <summary>How progress is shown.</summary>
internal enum ProgressMode
{
    /// <summary>Bars on a terminal, log lines elsewhere.</summary>
    Auto,

    /// <summary>Live bars.</summary>
    Bar,

    /// <summary>A log line every few seconds.</summary>
    Log,

    /// <summary>Not at all.</summary>
    None,
}
