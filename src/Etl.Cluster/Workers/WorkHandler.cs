using Etl.Cluster.Messages;
using Etl.Cluster.Protocol;
using Microsoft.Extensions.Logging;
using PaletteEtl.Pipeline;
using RabbitMQ.Client;

namespace Etl.Cluster.Workers;

/// <summary>Processes work messages: publishes their results, leaves them to other workers, or rejects them.</summary>
/// <param name="queues">The queues.</param>
/// <param name="catalogue">The identity of the only catalogue that the worker serves; null when it serves any.</param>
/// <param name="extractor">Extracts palettes.</param>
/// <param name="publisher">Publishes the results.</param>
/// <param name="consumers">The worker's consumers.</param>
/// <param name="monitor">The state of the worker.</param>
/// <param name="abort">Ends everything at once.</param>
/// <param name="clock">Measures how long a message is held for others.</param>
/// <param name="log">The logger.</param>
/// <param name="ending">Cancels publishing: the worker is aborted, or has no broker any more.</param>
internal sealed class WorkHandler(
    ClusterQueues queues,
    string? catalogue,
    WorkExtractor extractor,
    BrokerPublisher publisher,
    WorkConsumers consumers,
    WorkerMonitor monitor,
    RunAbort abort,
    TimeProvider clock,
    ILogger log,
    CancellationToken ending)
{
    /// <summary>How long a message is held that another worker should take; longer each time it comes back, because others are busy.</summary>
    private static readonly TimeSpan FirstHold = TimeSpan.FromMilliseconds(50), LongestHold = TimeSpan.FromMilliseconds(400);

    private const string Remedy = "Use the same version for workers and coordinator.";

    private readonly WorkPolicy _policy = new(monitor.Name, catalogue);
    private readonly RefusalLimit _refusals = new(clock);

    /// <summary>Processes a message. The broker requeues a message that is neither acknowledged nor rejected.</summary>
    public async Task HandleAsync(WorkDelivery delivery)
    {
        if (delivery.IsLost || ending.IsCancellationRequested)
        {
            return; // requeued by the broker
        }

        monitor.MessageStarted();
        try
        {
            await ProcessAsync(delivery).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // Requeued when the connection closes.
        }
        catch (Exception error) when (BrokerProblem.Is(error) || error is OperationCanceledException)
        {
            delivery.Session.End(BrokerProblem.Describe(error)); // which requeues the message
        }
        catch (Exception error)
        {
            abort.Fault(error);
        }
        finally
        {
            monitor.MessageEnded();
        }
    }

    private async Task ProcessAsync(WorkDelivery delivery)
    {
        WorkMessage? work = delivery.Read();
        string? problem = work is null ? $"its format is {MessageFormat.Describe(delivery.Properties)}" : extractor.ProblemOf(work);
        WorkAction action = ActionFor(delivery, isSupported: problem is null);
        switch (action)
        {
            case WorkAction.LeaveOnce:
                await HoldAsync(delivery).ConfigureAwait(false);
                await LeaveAsync(delivery).ConfigureAwait(false);
                break;
            case WorkAction.LeaveForeign or WorkAction.LeaveUnreached:
                await PauseAsync(delivery, ReasonOf(action)).ConfigureAwait(false);
                break;
            case WorkAction.LeaveUnsupported:
                await PauseAsync(delivery, $"A message cannot be processed: {problem}. {Remedy}").ConfigureAwait(false);
                EndIfUseless(problem!);
                break;
            case WorkAction.Reject:
                ClusterLog.WorkRejected(log, problem!);
                await delivery.RejectAsync(ending).ConfigureAwait(false);
                EndIfUseless(problem!);
                break;
            case WorkAction.ExtractIsolated:
                ClusterLog.WorkIsolated(log);
                await CompleteAsync(delivery, work!, await extractor.ExtractIsolatedAsync(work!, queues.NameOf(delivery.Queue)).ConfigureAwait(false)).ConfigureAwait(false);
                break;
            default:
                await CompleteAsync(delivery, work!, await extractor.ExtractAsync(work!, queues.NameOf(delivery.Queue)).ConfigureAwait(false)).ConfigureAwait(false);
                break;
        }
    }

    private WorkAction ActionFor(WorkDelivery delivery, bool isSupported)
    {
        lock (_policy)
        {
            return _policy.ActionFor(delivery.Headers, isSupported, delivery.Queue, delivery.Redeliveries);
        }
    }

    private static string ReasonOf(WorkAction action) => action == WorkAction.LeaveForeign
        ? "A message belongs to another catalogue than Etl:Cluster:Catalogue."
        : "Other workers fetch covers, and this worker fetches none. Check Etl:Fetch:Locations.";

    private Task HoldAsync(WorkDelivery delivery)
    {
        TimeSpan hold = FirstHold * (delivery.Headers.Lefts + 1);
        return Task.Delay(hold < LongestHold ? hold : LongestHold, clock, ending);
    }

    private async Task PauseAsync(WorkDelivery delivery, string reason)
    {
        await consumers.PauseAsync(delivery.Session, reason).ConfigureAwait(false);
        await LeaveAsync(delivery).ConfigureAwait(false);
    }

    /// <summary>Ends the worker with a fault if it has supported no message for a while.</summary>
    private void EndIfUseless(string problem)
    {
        if (_refusals.Refused())
        {
            abort.Fault(new ClusterException(
                $"No message has been supported for {RefusalLimit.Limit.TotalMinutes:0} min: of the last one, {problem}. {Remedy}"));
        }
    }

    /// <summary>Publishes the results and, once the broker has confirmed them, acknowledges the message. The results count even if the
    /// session has ended meanwhile: then the message is redelivered, and the first results win.</summary>
    private async Task CompleteAsync(WorkDelivery delivery, WorkMessage work, MovieResult[] results)
    {
        foreach ((_, (BasicProperties properties, byte[] body)) in MessageSize.Split(results, Write))
        {
            await publisher.PublishAsync(queues.Results, properties, body, ending).ConfigureAwait(false);
        }

        await delivery.AcknowledgeAsync(ending).ConfigureAwait(false);
        monitor.Published(results);
        _refusals.Supported();
        lock (_policy)
        {
            _policy.Observe(delivery.Headers, results);
        }

        await consumers.AcknowledgedAsync(delivery, failed: Array.TrueForAll(results, static result => result.IsUnreached)).ConfigureAwait(false);

        ((BasicProperties, byte[]), int) Write(MovieResult[] part)
        {
            (BasicProperties properties, byte[] body) = MessageFormat.WriteResults(part, delivery.Properties, work.Fingerprint, monitor.Name);
            return ((properties, body), body.Length);
        }
    }

    /// <summary>Publishes a copy of the message, because a redelivery would count towards the delivery limit.</summary>
    private async Task LeaveAsync(WorkDelivery delivery)
    {
        await delivery.Session.PublishAsync(
            queues.NameOf(delivery.Queue), MessageFormat.CopyForOthers(delivery.Properties), delivery.Body, ending).ConfigureAwait(false);
        await delivery.AcknowledgeAsync(ending).ConfigureAwait(false);
    }
}
