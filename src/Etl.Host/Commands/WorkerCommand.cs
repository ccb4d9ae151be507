using System.CommandLine;
using Etl.Host.Cluster;

namespace Etl.Host.Commands;

/// <summary><c>etl worker</c>: makes palettes for a run on another machine.</summary>
internal sealed class WorkerCommand : ConfiguredCommand
{
    private readonly Option<LogFormat> _logFormat = CommandOption.LogFormat();
    private readonly Option<bool> _probe = CommandOption.Flag(
        "--probe", "Starts no worker. Exits with 0 if the file of Etl:Worker:HealthFile shows a live one, else with 1.");

    public WorkerCommand()
        : base(
            "worker",
            """
            Makes palettes here for a run or service elsewhere.

            Receives movies from a RabbitMQ broker until a signal stops it. Needs access
            to the covers (Etl:Fetch:Locations), but not to the database. Probes:
            Etl:Worker:Urls or Etl:Worker:HealthFile.

            Example:
              etl worker --set Etl:Cluster:Broker=amqps://worker@broker/movies \
                --set 'Etl:Fetch:Locations=covers/{id}.jpg'

            Exit codes:
              0         stopped by a signal; movies in progress were finished
              1         the worker failed, or supported no message for 5 minutes
              2         the command line or the configuration was refused
              129, 130, 143
                        stopped by SIGHUP, SIGINT or SIGTERM before they were finished
            """) => Takes(_logFormat, _probe);

    protected override Task<int> RunAsync(ParseResult parsed) => parsed.GetValue(_probe)
        ? Task.FromResult(Probe(Load(parsed).Worker))
        : WorkerExecution.RunAsync(Load(parsed), parsed.GetValue(_logFormat), parsed.InvocationConfiguration.Error);

    private static int Probe(WorkerOptions options)
    {
        string file = options.HealthFile
            ?? throw new UserException(ExitCodes.Refused, "--probe reads a file. Set Etl:Worker:HealthFile, for the worker too.");
        return HealthFile.ProblemOf(file, TimeProvider.System) is { } problem
            ? throw new UserException(ExitCodes.Failed, problem)
            : ExitCodes.Done;
    }
}
