using System.CommandLine;
using System.Globalization;
using Etl.Cluster;
using Etl.Cluster.Messages;
using Etl.Cluster.Status;
using Etl.Cluster.Workers;
using Etl.Host.Json;
using Etl.Host.Run;
using PaletteEtl.Catalogue;

namespace Etl.Host.Commands;

/// <summary><c>etl cluster status</c>: the queues and the workers of a cluster.</summary>
internal sealed class ClusterStatusCommand : ConfiguredCommand
{
    private readonly Option<bool> _json = CommandOption.Flag("--json", "Prints one JSON object per queue, then one per worker.");

    public ClusterStatusCommand()
        : base(
            "status",
            """
            Shows the queues with their messages, and the workers with their rates.

            Message rates of the queues are shown if Etl:Cluster:Management is set.
            Workers report every 5 s. Changes nothing.

            Example: etl cluster status --config cluster.json
            """) => Takes(_json);

    protected override async Task<int> RunAsync(ParseResult parsed)
    {
        ClusterOptions options = Load(parsed).Broker;
        ClusterStatus status = await ClusterStatusReader.ReadAsync(options, CancellationToken.None);
        TextWriter output = parsed.InvocationConfiguration.Output;
        if (parsed.GetValue(_json))
        {
            foreach (QueueStatus queue in status.Queues)
            {
                EtlJson.WriteLine(output, queue, EtlJson.Readable.QueueStatus);
            }

            foreach (WorkerReport worker in status.Workers)
            {
                EtlJson.WriteLine(output, new WorkerJson(worker), EtlJson.Readable.WorkerJson);
            }
        }
        else
        {
            Write(output, options, status.Queues);
            Write(output, status.Workers, consumers: status.Queues[0].Consumers);
        }

        return ExitCodes.Done;
    }

    private static void Write(TextWriter output, ClusterOptions options, IReadOnlyList<QueueStatus> queues)
    {
        bool hasRates = options.Management is not null;
        output.WriteLine(BrokerAccess.Shown(options));
        output.WriteLine($"{"queue",-24}  {"messages waiting",16}  {"consumers",9}{(hasRates ? "         in/s         out/s" : "")}");
        foreach (QueueStatus queue in queues)
        {
            string waiting = queue.Waiting is { } messages ? RunSummary.Number(messages) : "no such queue";
            string rates = queue is { PublishedPerSecond: { } published, AcknowledgedPerSecond: { } acknowledged }
                ? string.Create(CultureInfo.InvariantCulture, $"  {published,11:N1}  {acknowledged,12:N1}")
                : "";
            output.WriteLine($"{queue.Queue,-24}  {waiting,16}  {queue.Consumers,9}{rates}");
        }

        if (!hasRates)
        {
            output.WriteLine("For message rates, set Etl:Cluster:Management to the address of the broker's management plugin.");
        }
    }

    private static void Write(TextWriter output, IReadOnlyList<WorkerReport> workers, long consumers)
    {
        output.WriteLine();
        long silent = consumers - workers.Count(static worker => worker.State != WorkerState.Paused);
        if (silent > 0)
        {
            output.WriteLine($"{Printable.Count(silent, "worker")} without a report: of an earlier version, or just started.");
        }
        else if (workers.Count == 0)
        {
            output.WriteLine("No workers.");
        }

        if (workers.Count == 0)
        {
            return;
        }

        output.WriteLine($"{"worker",-24}  {"version",-12}  {"state",-8}  {"movies/s",9}  {"movies",11}  failures");
        foreach (WorkerJson worker in workers.Select(static report => new WorkerJson(report)))
        {
            string name = Printable.Line($"{worker.Host}/{worker.ProcessId}"), version = Printable.Line(worker.Version);
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{name,-24}  {version,-12}  {worker.State,-8}  {worker.MoviesPerSecond,9:N1}  {RunSummary.Number(worker.Movies),11}  {FailuresOf(worker.Reasons)}"));
            if (worker.Problem is { } problem)
            {
                output.WriteLine($"  {Printable.Line(problem)}");
            }
        }
    }

    private static string FailuresOf(IReadOnlyList<ReasonCount> reasons) => reasons.Count == 0
        ? "none"
        : string.Join(", ", reasons.Select(static reason => $"{RunSummary.Number(reason.Count)} {Printable.Line(reason.Reason)}"));
}
