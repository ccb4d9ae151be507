using Etl.Cluster;
using Etl.Cluster.Protocol;

namespace Etl.Tests.Cluster.Simulation;

/// <summary>A broker: queues that redeliver what is not acknowledged, with a delivery limit, and a lock.</summary>
internal sealed class SimulatedBroker(SimulatedTime time)
{
    private static readonly TimeSpan ConsumerTimeout = TimeSpan.FromSeconds(60);

    private readonly Dictionary<WorkQueue, List<SimulatedWork>> _work = new() { [WorkQueue.Work] = [], [WorkQueue.Suspect] = [] };
    private readonly List<SimulatedResults> _results = [];
    private readonly List<SimulatedReturn> _returned = [];
    private readonly List<Consumer> _consumers = [];
    private readonly List<SimulatedConnection> _connections = [];
    private readonly HashSet<WorkQueue> _deleted = [];
    private SimulatedConnection? _holder;

    /// <summary>Whether the lock is enforced.</summary>
    public bool Locks { get; init; } = true;

    /// <summary>Whether two coordinators have consumed at the same time.</summary>
    public bool HadTwoCoordinators { get; private set; }

    public SimulatedConnection Connect(Action closed)
    {
        var connection = new SimulatedConnection(closed);
        _connections.Add(connection);
        return connection;
    }

    public bool TryLock(SimulatedConnection connection)
    {
        if (Locks && _holder is { IsOpen: true } && _holder != connection)
        {
            return false;
        }

        _holder = connection;
        return true;
    }

    public void Declare() => _deleted.Clear();

    public void Purge(WorkQueue queue) => _work[queue].Clear();

    /// <summary>Deletes a queue with its messages. Its consumers' connections notice.</summary>
    public void Delete(WorkQueue queue)
    {
        _deleted.Add(queue);
        _work[queue].Clear();
        foreach (Consumer consumer in _consumers.Where(consumer => consumer.Work is not null && consumer.Queue == queue).ToArray())
        {
            Cut(consumer.Connection);
        }
    }

    /// <summary>Has a policy remove what waits in a queue.</summary>
    public void Expire(WorkQueue queue)
    {
        foreach (SimulatedWork work in _work[queue])
        {
            _returned.Add(new SimulatedReturn(work, ReturnCause.Removed));
        }

        _work[queue].Clear();
        Deliver();
    }

    public void PurgeResults() => _results.Clear();

    /// <summary>Delivers what waits among results a second time.</summary>
    public void DuplicateResults() => _results.AddRange(_results.ToArray());

    /// <summary>The messages that wait in a queue; null when it is gone.</summary>
    public int? Inspect(WorkQueue queue) => _deleted.Contains(queue) ? null : _work[queue].Count;

    /// <summary>The consumers of a queue.</summary>
    public int ConsumersOf(WorkQueue queue) => _consumers.Count(consumer => consumer.Work is not null && consumer.Queue == queue && !consumer.IsCancelled);

    /// <summary>Publishes work. False when its queue is gone.</summary>
    public bool Publish(SimulatedWork work)
    {
        if (_deleted.Contains(work.Queue))
        {
            return false;
        }

        _work[work.Queue].Add(work);
        Deliver();
        return true;
    }

    public void Publish(SimulatedResults results)
    {
        _results.Add(results);
        Deliver();
    }

    public void ConsumeWork(SimulatedConnection connection, WorkQueue queue, int prefetch, Action<SimulatedWork> receive)
    {
        if (_deleted.Contains(queue))
        {
            Cut(connection); // there is no such queue
            return;
        }

        _consumers.Add(new Consumer(connection, prefetch) { Queue = queue, Work = receive });
        Deliver();
    }

    public void ConsumeResults(SimulatedConnection connection, Action<SimulatedResults> results, Action<SimulatedReturn> returned)
    {
        HadTwoCoordinators |= _consumers.Exists(static consumer => consumer is { Results: not null, Connection.IsOpen: true });
        _consumers.Add(new Consumer(connection, int.MaxValue) { Results = results, Returned = returned });
        Deliver();
    }

    /// <summary>Stops delivering work to a connection. Its unacknowledged messages stay with it.</summary>
    public void CancelWork(SimulatedConnection connection)
    {
        foreach (Consumer consumer in _consumers.Where(consumer => consumer.Connection == connection))
        {
            consumer.IsCancelled = true;
        }
    }

    public void Acknowledge(SimulatedConnection connection, SimulatedWork work)
    {
        if (_consumers.Find(consumer => consumer.Connection == connection && consumer.Held.Contains(work)) is { } consumer)
        {
            consumer.Held.Remove(work);
            Deliver();
        }
    }

    public void Reject(SimulatedConnection connection, SimulatedWork work)
    {
        if (_consumers.Exists(consumer => consumer.Connection == connection && consumer.Held.Remove(work)))
        {
            _returned.Add(new SimulatedReturn(work, ReturnCause.Rejected));
            Deliver();
        }
    }

    /// <summary>Ends a connection, and requeues what it holds.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="notices">Whether its process notices.</param>
    public void Cut(SimulatedConnection connection, bool notices = true)
    {
        if (!connection.IsOpen)
        {
            return;
        }

        _connections.Remove(connection);
        if (notices)
        {
            connection.Close();
        }
        else
        {
            connection.Forget();
        }

        foreach (Consumer consumer in _consumers.Where(consumer => consumer.Connection == connection).ToArray())
        {
            _consumers.Remove(consumer);
            consumer.Held.ForEach(Requeue);
        }

        Deliver();
    }

    /// <summary>Ends all connections.</summary>
    public void Restart()
    {
        foreach (SimulatedConnection connection in _connections.ToArray())
        {
            Cut(connection);
        }
    }

    private void Requeue(SimulatedWork work)
    {
        if (_deleted.Contains(work.Queue))
        {
            return;
        }

        if (++work.Deliveries > ClusterQueues.DeliveryLimit)
        {
            _returned.Add(new SimulatedReturn(work, ReturnCause.DeliveryLimit));
        }
        else
        {
            _work[work.Queue].Insert(0, work);
        }
    }

    private void Deliver()
    {
        foreach ((WorkQueue queue, List<SimulatedWork> messages) in _work)
        {
            while (messages.Count > 0 && FreeConsumer(queue) is { } consumer)
            {
                SimulatedWork work = messages[0];
                messages.RemoveAt(0);
                consumer.Held.Add(work);
                time.Within(0.001, 0.05, () => Arrive(consumer.Connection, () => consumer.Work!(work)));
                time.In(ConsumerTimeout, () => Expire(consumer, work));
            }
        }

        if (_consumers.FindAll(static consumer => consumer.Results is not null) is { Count: > 0 } coordinators)
        {
            Deliver(_results, coordinators, static (consumer, message) => consumer.Results!(message));
            Deliver(_returned, coordinators, static (consumer, message) => consumer.Returned!(message));
        }
    }

    /// <summary>A message that does not arrive, because the connection has ended, is delivered again.</summary>
    private void Deliver<T>(List<T> messages, List<Consumer> coordinators, Action<Consumer, T> receive)
    {
        foreach (T message in messages.ToArray())
        {
            Consumer consumer = coordinators[time.Next(coordinators.Count)];
            messages.Remove(message);
            time.Within(0.001, 0.5, () =>
            {
                if (consumer.Connection.IsOpen)
                {
                    receive(consumer, message);
                }
                else
                {
                    messages.Add(message);
                    Deliver();
                }
            });
        }
    }

    /// <summary>Ends the connection of a consumer that has not acknowledged a message in time.</summary>
    private void Expire(Consumer consumer, SimulatedWork work)
    {
        if (consumer.Held.Contains(work))
        {
            Cut(consumer.Connection);
        }
    }

    private static void Arrive(SimulatedConnection connection, Action receive)
    {
        if (connection.IsOpen)
        {
            receive();
        }
    }

    private Consumer? FreeConsumer(WorkQueue queue)
    {
        List<Consumer> free = _consumers.FindAll(consumer => consumer.Work is not null && consumer.Queue == queue && consumer.IsFree);
        return free.Count == 0 ? null : free[time.Next(free.Count)];
    }

    private sealed class Consumer(SimulatedConnection connection, int prefetch)
    {
        public SimulatedConnection Connection => connection;

        public WorkQueue Queue { get; init; }

        public Action<SimulatedWork>? Work { get; init; }

        public Action<SimulatedResults>? Results { get; init; }

        public Action<SimulatedReturn>? Returned { get; init; }

        public List<SimulatedWork> Held { get; } = [];

        public bool IsCancelled { get; set; }

        public bool IsFree => !IsCancelled && connection.IsOpen && Held.Count < prefetch;
    }
}
