using System.CommandLine;

namespace Etl.Host.Commands;

/// <summary>The option of commands that log.</summary>
internal static class LogFormatOption
{
    public static Option<LogFormat> Create()
    {
        var option = new Option<LogFormat>("--log-format")
        {
            Description = "Format of the log lines on standard error: text, or one JSON object per line.",
            HelpName = "text|json",
        };
        option.AcceptOnlyFromAmong("text", "json");
        return option;
    }
}
