using System.CommandLine;
using Etl.Host.Service;

namespace Etl.Host.Commands;

/// <summary><c>etl serve</c>: keeps the catalogue complete until it is told to end.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var shared = new SharedOptions();
        var urls = new Option<string?>("--urls")
        {
            Description = "Addresses of page and endpoints, separated by semicolons. Default: http://127.0.0.1:5080.",
            HelpName = "URLS",
        };
        Option<LogFormat> logFormat = LogFormatOption.Create();
        var command = new Command(
            "serve",
            """
            Keeps the catalogue complete: fills in palettes as movies come, tries failed ones again, and shows it all on a page.

            Example: etl serve --config config/service.json

            Exit codes: 0 drained after a signal, 1 failed, 2 refused, 4 too many dead letters, 130 or 143 stopped before
            the drain was over.
            """)
        {
            urls, logFormat,
        };
        shared.AddTo(command);
        command.Does(parsed => ServiceExecution.RunAsync(
            shared.Origin(parsed), parsed.GetValue(urls), parsed.GetValue(logFormat), parsed.InvocationConfiguration.Error));
        return command;
    }
}
