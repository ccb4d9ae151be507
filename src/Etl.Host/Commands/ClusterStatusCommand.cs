using System.CommandLine;
using System.Globalization;
using Etl.Cluster;
using Etl.Cluster.Status;
using Etl.Host.Json;
using Etl.Host.Run;

namespace Etl.Host.Commands;

/// <summary><c>etl cluster status</c>: what the broker has of a catalogue's work.</summary>
internal sealed class ClusterStatusCommand : ConfiguredCommand
{
    private readonly Option<bool> _json = CommandOption.Flag("--json", "Prints one JSON object per queue.");

    public ClusterStatusCommand()
        : base(
            "status",
            """
            Shows the queues with their messages, consumers and rates.

            Rates are shown if Etl:Cluster:Management is set. Changes nothing.

            Example: etl cluster status --config cluster.json
            """) => Takes(_json);

    protected override async Task<int> RunAsync(ParseResult parsed)
    {
        ClusterOptions options = Load(parsed).Broker;
        IReadOnlyList<QueueStatus> queues = await QueueReader.ReadAsync(options, CancellationToken.None);
        TextWriter output = parsed.InvocationConfiguration.Output;
        if (parsed.GetValue(_json))
        {
            foreach (QueueStatus queue in queues)
            {
                EtlJson.WriteLine(output, queue, EtlJson.Readable.QueueStatus);
            }
        }
        else
        {
            Write(output, options, queues);
        }

        return ExitCodes.Done;
    }

    private static void Write(TextWriter output, ClusterOptions options, IReadOnlyList<QueueStatus> queues)
    {
        bool hasRates = options.Management is not null;
        output.WriteLine($"{BrokerAccess.Shown(options)}: {queues[0].Consumers} workers");
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
}
