using System.CommandLine;

namespace Etl.Host.Commands;

/// <summary>The option of commands that log.</summary>
internal static class LogFormatOption
{
    public static Option<LogFormat> Create()
    {
        var option = new Option<LogFormat>("--log-format")
        {
            Description = "How log lines are written to standard error: text, or compact JSON, an object a line.",
            HelpName = "text|json",
        };
        option.AcceptOnlyFromAmong("text", "json");
        return option;
    }
}
