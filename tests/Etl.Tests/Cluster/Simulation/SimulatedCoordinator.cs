using Etl.Cluster.Messages;
using Etl.Cluster.Protocol;
using PaletteEtl.Model;

namespace Etl.Tests.Cluster.Simulation;

/// <summary>The process of a coordinator around the product's requests: one run, and the next after it has died.</summary>
/// <param name="name">Its name in the history.</param>
/// <param name="catalogue">The catalogue.</param>
/// <param name="broker">The broker.</param>
/// <param name="time">The clock.</param>
/// <param name="rules">The parts of the protocol.</param>
internal sealed class SimulatedCoordinator(
    string name, SimulatedCatalogue catalogue, SimulatedBroker broker, SimulatedTime time, SimulationRules rules)
{
    private const int MaxInFlight = 8, BatchSize = 3;
    private const string Settings = "settings";

    private static readonly TimeSpan ShortestLease = TimeSpan.FromSeconds(30);

    private readonly Queue<int> _unread = new();
    private readonly List<MovieRequest<Asked>> _publishing = [];
    private RequestTable<Asked> _requests = null!;
    private SimulatedConnection? _connection;
    private SimulatedConnection? _session; // the connection once it has the lock
    private string _epoch = "";
    private TimeSpan _started;
    private int _run;
    private int _keys;
    private int _sessions;
    private int _uncommitted;
    private int _read;
    private int _settled;
    private bool _isAlive;

    public bool HasEnded { get; private set; }

    /// <summary>The first violation; null when there is none.</summary>
    public string? Violation { get; private set; }

    /// <summary>Begins a run: reads what is missing, some rows of it twice.</summary>
    public void Start()
    {
        (_run, _sessions, _uncommitted, _read, _settled, _keys) = (_run + 1, 0, 0, 0, 0, 0);
        _isAlive = true;
        _started = time.Now;
        _epoch = $"epoch {name} {_run}";
        _publishing.Clear();
        _unread.Clear();
        foreach (int movie in Enumerable.Range(0, catalogue.Movies).Where(catalogue.IsMissing))
        {
            _unread.Enqueue(movie);
            if (time.Chance(0.05))
            {
                _unread.Enqueue(movie);
            }
        }

        var terms = new ResultTerms(_epoch, Settings, MaxColors: rules.ChecksSettings ? 1 : 2);
        _requests = new RequestTable<Asked>(terms, ShortestLease, NewKey);
        time.Note($"{name} starts with {_unread.Count} movies");
        Connect();
        Tick();
    }

    /// <summary>Ends the process; the next run starts later.</summary>
    public void Kill()
    {
        if (!_isAlive)
        {
            return;
        }

        time.Note($"{name} dies");
        _isAlive = false;
        _run++;
        Disconnect(notices: false);
        time.Within(0, 30, Start);
    }

    public void CutConnection()
    {
        time.Note($"{name} loses its connection");
        Disconnect(notices: true);
    }

    private string NewKey()
    {
        _keys++;
        return rules.HasEpochs ? $"{name} {_run}.{_keys}" : $"{_keys}";
    }

    private void Connect()
    {
        SimulatedConnection connection = broker.Connect(() => Act(1, 8, Connect));
        _connection = connection;
        Enter(connection);
    }

    private void Enter(SimulatedConnection connection)
    {
        if (!connection.IsOpen)
        {
            return;
        }

        if (!broker.TryLock(connection))
        {
            Act(1, 1, () => Enter(connection));
            return;
        }

        _sessions++;
        _session = connection;
        broker.Declare();
        broker.Purge(WorkQueue.Work);
        broker.Purge(WorkQueue.Suspect);
        broker.ConsumeResults(connection, Receive, Receive);
        MovieRequest<Asked>[] again = _requests.SessionBegan(connection, time.Now);
        time.Note($"{name} begins session {_sessions}, publishes {again.Length + _publishing.Count} again");
        MovieRequest<Asked>[] unconfirmed = [.. _publishing];
        _publishing.Clear();
        Publish([.. unconfirmed, .. again]);
        ReadMore();
        EndIfDone();
    }

    private void ReadMore()
    {
        while (_unread.Count > 0 && _requests.Count < MaxInFlight)
        {
            var batch = new List<MovieRequest<Asked>>();
            while (batch.Count < BatchSize && _unread.TryDequeue(out int movie))
            {
                _read++;
                batch.Add(_requests.Add(new Asked(movie, time.Now)));
            }

            Publish([.. batch]);
        }
    }

    private void Publish(MovieRequest<Asked>[] requests)
    {
        foreach (IGrouping<(WorkQueue Queue, string?), MovieRequest<Asked>> group in
            requests.Where(_requests.IsPending).GroupBy(static request => (request.Queue, request.FailedBy)))
        {
            foreach (MovieRequest<Asked>[] batch in group.Chunk(group.Key.Queue == WorkQueue.Suspect ? 1 : BatchSize))
            {
                _publishing.AddRange(batch);
                Act(0.001, 0.05, () => Send(group.Key.Queue, batch));
            }
        }
    }

    private void Send(WorkQueue queue, MovieRequest<Asked>[] batch)
    {
        SimulatedConnection? connection = _session;
        if (connection is not { IsOpen: true } || !Array.TrueForAll(batch, _publishing.Contains))
        {
            return; // published again in the next session
        }

        foreach (MovieRequest<Asked> request in batch)
        {
            request.Movie.Published++;
        }

        var headers = new WorkHeaders(_epoch, catalogue.Identity, batch[0].FailedBy, _requests.Palettes);
        var work = new SimulatedWork(headers, queue, [.. batch.Select(static request => (request.Key, request.Movie.Movie))]);
        if (!broker.Publish(work))
        {
            broker.Cut(connection); // the queue is gone
            return;
        }

        Act(0.001, 0.05, () =>
        {
            if (connection.IsOpen)
            {
                _publishing.RemoveAll(batch.Contains);
                if (!_requests.Published(connection, batch, time.Now))
                {
                    Publish(batch);
                }
            }
        });
    }

    private void Receive(SimulatedResults message)
    {
        var again = new List<MovieRequest<Asked>>();
        foreach (MovieResult result in message.Results)
        {
            ResultHeaders headers = message.Headers with
            {
                Epoch = rules.HasEpochs ? message.Headers.Epoch : _epoch,
                Settings = rules.ChecksSettings ? message.Headers.Settings : null,
                Worker = rules.ConfirmsFailures ? message.Headers.Worker : null,
            };
            Receipt<Asked> receipt = _requests.Receive(headers, result, time.Now);
            if (receipt.Completed is { } completed)
            {
                Complete(completed);
            }
            else if (receipt.Again is { } request)
            {
                again.Add(request);
            }
        }

        Publish([.. again]);
        ReadMore();
    }

    private void Receive(SimulatedReturn message)
    {
        time.Note($"{name} gets {message.Work} back: {message.Cause}");
        ReturnedRequests<Asked> returned = _requests.Return(
            message.Work.Headers.Epoch,
            message.Work.Queue,
            message.Cause,
            message.Work.Movies.Select(static movie => movie.Key),
            time.Now);
        returned.Completed.ToList().ForEach(Complete);
        if (rules.ConvictsByDeliveries && message is { Cause: ReturnCause.DeliveryLimit, Work.Queue: WorkQueue.Suspect })
        {
            foreach (MovieRequest<Asked> request in returned.Again)
            {
                var crashed = new ResultFailure(StageNames.Decode, FailureReason.Crashed, "It reached the delivery limit.", Version: null);
                Complete(_requests.Fail(request, new MovieResult(request.Key, Failure: crashed))!);
            }
        }

        Publish(returned.Again);
        ReadMore();
    }

    /// <summary>Commits a result after a while, unless the process dies before.</summary>
    private void Complete(CompletedRequest<Asked> completed)
    {
        _uncommitted++;
        Act(0.01, 1, () =>
        {
            _uncommitted--;
            _settled++;
            (Asked asked, MovieResult result) = (completed.Movie, completed.Result);
            if (asked.Published > MaxPublished)
            {
                Violate($"Movie {asked.Movie} was requested {asked.Published} times");
            }

            if (result.Failure is { } failure)
            {
                catalogue.Fail(asked.Movie, failure.Reason.ToString());
            }
            else if (catalogue.HadSince(asked.Movie, result.Colors!, asked.At))
            {
                catalogue.Write(asked.Movie, result.Colors!);
            }
            else
            {
                Violate($"Movie {asked.Movie} got the palette {string.Join(' ', result.Colors!)}, which its cover has not had since {asked.At}");
            }

            EndIfDone();
        });
    }

    /// <summary>The number of requests that sessions, returned messages and doubled leases account for.</summary>
    private int MaxPublished =>
        1 + _sessions + (2 * RequestTable<Asked>.MaxReturns) + RequestTable<Asked>.MaxFailures + RequestTable<Asked>.MaxRejectionsBySome + 1 + (int)Math.Log2(1 + ((time.Now - _started) / ShortestLease));

    private void Tick() => Act(2, 2, () =>
    {
        if (HasEnded)
        {
            return;
        }

        if (rules.HasLeases && _session is { IsOpen: true } connection)
        {
            Inspect(WorkQueue.Work, connection);
            Inspect(WorkQueue.Suspect, connection);
        }

        if (rules.HasLeases)
        {
            Tick();
        }
    });

    private void Inspect(WorkQueue queue, SimulatedConnection connection)
    {
        if (broker.Inspect(queue) is { } waiting)
        {
            ReturnedRequests<Asked> inspected = _requests.Inspected(queue, waiting, broker.ConsumersOf(queue), time.Now);
            inspected.Completed.ToList().ForEach(Complete);
            ReadMore();
            if (inspected.Again.Length > 0)
            {
                time.Note($"{name} finds {waiting} messages in {queue}, publishes {inspected.Again.Length} again");
                Publish(inspected.Again);
            }
        }
        else
        {
            broker.Cut(connection);
        }
    }

    private void EndIfDone()
    {
        if (HasEnded || _unread.Count > 0 || _requests.Count > 0 || _uncommitted > 0)
        {
            return;
        }

        time.Note($"{name} ends");
        HasEnded = true;
        _isAlive = false;
        _run++;
        if (_session is { IsOpen: true })
        {
            broker.Purge(WorkQueue.Work);
            broker.Purge(WorkQueue.Suspect);
        }

        Disconnect(notices: false);
        if (_read != _settled)
        {
            Violate($"{_read} movies were read, and {_settled} settled");
        }
    }

    private void Violate(string problem)
    {
        time.Note($"{name}: {problem}");
        Violation ??= $"{name}: {problem}";
    }

    private void Disconnect(bool notices)
    {
        if (_connection is { } connection)
        {
            broker.Cut(connection, notices);
        }
    }

    /// <summary>Runs an action of this run after a time, unless the process has died by then.</summary>
    private void Act(double fromSeconds, double toSeconds, Action action)
    {
        int run = _run;
        time.Within(fromSeconds, toSeconds, () =>
        {
            if (run == _run)
            {
                action();
            }
        });
    }

    /// <summary>A movie whose palette is asked for.</summary>
    private sealed class Asked(int movie, TimeSpan at)
    {
        public int Movie => movie;

        public TimeSpan At => at;

        public int Published { get; set; }
    }
}
