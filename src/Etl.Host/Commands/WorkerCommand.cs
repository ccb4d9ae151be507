using System.CommandLine;
using Etl.Host.Cluster;

namespace Etl.Host.Commands;

/// <summary><c>etl worker</c>: makes palettes for a run on another machine.</summary>
internal static class WorkerCommand
{
    public static Command Create()
    {
        var shared = new SharedOptions();
        Option<LogFormat> logFormat = LogFormatOption.Create();
        var command = new Command(
            "worker",
            """
            Makes palettes for a run or a service on another machine, through a RabbitMQ broker, until it is told to end. It
            has covers of its own (Etl:Fetch:Locations) and no database.

            Example: etl worker --set Etl:Cluster:Broker=amqps://worker@broker/movies --set 'Etl:Fetch:Locations:0=covers/{id}.jpg'

            Exit codes: 0 drained after a signal, 1 failed, 2 refused, 130 or 143 stopped before the drain was over.
            """)
        {
            logFormat,
        };
        shared.AddTo(command);
        command.Does(parsed => WorkerExecution.RunAsync(
            shared.Load(parsed), parsed.GetValue(logFormat), parsed.InvocationConfiguration.Error));
        return command;
    }
}
