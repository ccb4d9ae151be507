using System.CommandLine;
using Etl.Host.Cluster;

namespace Etl.Host.Commands;

/// <summary><c>etl worker</c>: makes palettes for a run on another machine.</summary>
internal sealed class WorkerCommand : ConfiguredCommand
{
    private readonly Option<LogFormat> _logFormat = CommandOption.LogFormat();

    public WorkerCommand()
        : base(
            "worker",
            """
            Makes palettes here for a run or service elsewhere.

            Receives movies from a RabbitMQ broker until a signal stops it. Needs access
            to the covers (Etl:Fetch:Locations), but not to the database.

            Example:
              etl worker --set Etl:Cluster:Broker=amqps://worker@broker/movies \
                --set 'Etl:Fetch:Locations:0=covers/{id}.jpg'

            Exit codes:
              0         stopped by a signal; movies in progress were finished
              1         the worker failed
              2         the command line or the configuration was refused
              130, 143  stopped by SIGINT or SIGTERM before they were finished
            """) => Takes(_logFormat);

    protected override Task<int> RunAsync(ParseResult parsed) => WorkerExecution.RunAsync(
        Load(parsed), parsed.GetValue(_logFormat), parsed.InvocationConfiguration.Error);
}
