using System.CommandLine;
using Etl.Host.Service;

namespace Etl.Host.Commands;

/// <summary><c>etl serve</c>: keeps the catalogue complete until a signal stops it.</summary>
internal sealed class ServeCommand : ConfiguredCommand
{
    private readonly Option<string?> _urls = new("--urls")
    {
        Description = "Addresses of page and endpoints, separated by semicolons. Default: http://127.0.0.1:5080.",
        HelpName = "URLS",
    };

    private readonly Option<LogFormat> _logFormat = CommandOption.LogFormat();

    public ServeCommand()
        : base(
            "serve",
            """
            Fills in palettes continuously and serves a live page.

            Fills in the palettes of new movies within seconds, and retries movies that
            failed. Also serves health checks, metrics for Prometheus, and an API.

            Example: etl serve --config config/service.json

            Exit codes:
              0         stopped by a signal; movies that had been read were written
              1         the service failed
              2         the command line or the configuration was refused
              4         Etl:MaxDeadLetters was reached
              130, 143  stopped by SIGINT or SIGTERM before all of them were written
            """) => Takes(_urls, _logFormat);

    protected override Task<int> RunAsync(ParseResult parsed) => ServiceExecution.RunAsync(
        LoadForService(parsed), parsed.GetValue(_urls), parsed.GetValue(_logFormat), parsed.InvocationConfiguration.Error);
}
