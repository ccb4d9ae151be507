namespace Etl.Host;

/// <summary>How log lines are written.</summary>
internal enum LogFormat
{
    /// <summary>A line for people.</summary>
    Text,

    /// <summary>An object a line, in Serilog's compact form.</summary>
    Json,
}
