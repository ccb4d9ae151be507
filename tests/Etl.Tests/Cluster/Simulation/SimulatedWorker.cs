using Etl.Cluster.Messages;
using Etl.Cluster.Protocol;
using PaletteEtl.Model;

namespace Etl.Tests.Cluster.Simulation;

/// <summary>A worker, with the product's policy: it takes its time, and dies of covers that crash it.</summary>
/// <param name="name">Its name in the history.</param>
/// <param name="catalogue">The catalogue that its covers belong to.</param>
/// <param name="own">The identity of the only catalogue that it serves; null when it serves any.</param>
/// <param name="kind">Its defect.</param>
/// <param name="broker">The broker.</param>
/// <param name="time">The clock.</param>
/// <param name="rules">The parts of the protocol.</param>
internal sealed class SimulatedWorker(
    string name, SimulatedCatalogue catalogue, string? own, WorkerKind kind, SimulatedBroker broker, SimulatedTime time, SimulationRules rules)
{
    private const int Prefetch = 2;

    private readonly List<Action> _publishing = [];
    private readonly WorkPolicy _policy = new(name, rules.BindsWorkers ? own : null);
    private SimulatedConnection? _connection;
    private TimeSpan _frozenUntil;
    private int _life;
    private bool _pauses;

    public void Start() => Connect();

    /// <summary>Ends the process; a supervisor starts it again.</summary>
    public void Kill()
    {
        time.Note($"{name} dies");
        _life++;
        _publishing.Clear();
        Disconnect(notices: false);
        Act(1, 5, Connect);
    }

    /// <summary>Stops the process for a time, in which the broker ends its connection.</summary>
    public void Freeze(double seconds)
    {
        time.Note($"{name} freezes for {seconds} s");
        _frozenUntil = time.Now + TimeSpan.FromSeconds(seconds);
        Disconnect(notices: false);
        SimulatedConnection? lost = _connection;
        Act(seconds, seconds, () =>
        {
            if (_connection == lost)
            {
                Connect();
            }
        });
    }

    /// <summary>Ends the connection, as a network or a time limit of the broker does.</summary>
    public void CutConnection()
    {
        time.Note($"{name} loses its connection");
        Disconnect(notices: true);
    }

    private void Connect()
    {
        int life = _life;
        _connection = broker.Connect(() => Act(1, 8, () =>
        {
            if (_connection is { IsOpen: false })
            {
                Connect();
            }
        }));
        if (!_pauses)
        {
            Consume(_connection);
        }

        if (life == _life && _connection.IsOpen)
        {
            _publishing.ToArray().ToList().ForEach(static publish => publish());
        }
    }

    private void Consume(SimulatedConnection connection)
    {
        broker.ConsumeWork(connection, WorkQueue.Work, Prefetch, work => Receive(connection, work));
        if (connection.IsOpen)
        {
            broker.ConsumeWork(connection, WorkQueue.Suspect, prefetch: 1, work => Receive(connection, work));
        }
    }

    private void Disconnect(bool notices)
    {
        if (_connection is { } connection)
        {
            broker.Cut(connection, notices);
        }
    }

    private void Receive(SimulatedConnection connection, SimulatedWork work)
    {
        if (kind == WorkerKind.Rejecting)
        {
            time.Note($"{name} rejects {work}");
            Act(0.001, 0.02, () => broker.Reject(connection, work));
            return;
        }

        WorkHeaders headers = rules.ConfirmsFailures ? work.Headers : work.Headers with { NotBy = null, Palettes = 0 };
        WorkAction action = _policy.ActionFor(headers, kind != WorkerKind.Unsupported, work.Queue, work.Redeliveries);
        time.Note($"{name} receives {work}, redelivered {work.Redeliveries} times: {action}");
        if (action == WorkAction.Reject)
        {
            Act(0.001, 0.02, () => broker.Reject(connection, work));
            return;
        }

        if (action is not (WorkAction.Extract or WorkAction.ExtractIsolated))
        {
            Leave(connection, work, pauses: action != WorkAction.LeaveOnce);
            return;
        }

        bool isIsolated = action == WorkAction.ExtractIsolated && rules.Isolates;
        double left = work.Movies.Count;
        var results = new List<MovieResult>();
        foreach ((string key, int movie) in work.Movies)
        {
            (double from, double to) = catalogue.IsSlow(movie) ? (100, 200) : (0.01, 1);
            Act(from, to, () =>
            {
                if (catalogue.Crashes(movie) && !catalogue.LacksCover(movie) && kind != WorkerKind.Unreached && !isIsolated)
                {
                    Kill();
                    return;
                }

                results.Add(ResultOf(key, movie));
                if (--left == 0)
                {
                    Publish(connection, work, results);
                }
            });
        }
    }

    private MovieResult ResultOf(string key, int movie)
    {
        if (kind == WorkerKind.Unreached || catalogue.LacksCover(movie))
        {
            return new MovieResult(key, Failure: new ResultFailure(StageNames.Fetch, FailureReason.NotFound, "It is not there.", Version: null));
        }

        if (catalogue.Crashes(movie))
        {
            return new MovieResult(key, Failure: new ResultFailure(StageNames.Decode, FailureReason.Crashed, "It crashed.", Version: null));
        }

        byte[] color = catalogue.ReadCover(movie);
        return new MovieResult(key, kind == WorkerKind.Misfit ? [.. color, .. color] : color, Version: new CoverVersion(color[2], null, null));
    }

    /// <summary>Publishes results in the current session, and acknowledges the message in the session that delivered it.</summary>
    private void Publish(SimulatedConnection connection, SimulatedWork work, List<MovieResult> results)
    {
        void Attempt()
        {
            if (_connection is { IsOpen: true } && _publishing.Remove(Attempt))
            {
                string? settings = kind == WorkerKind.Misfit && time.Chance(0.5) ? "others" : null;
                broker.Publish(new SimulatedResults(new ResultHeaders(work.Headers.Epoch, settings, name), results));
                _policy.Observe(work.Headers, results.ToArray());
                Act(0.001, 0.02, () => broker.Acknowledge(connection, work));
            }
        }

        _publishing.Add(Attempt);
        Act(0.001, 0.02, Attempt);
    }

    /// <summary>Publishes a copy of a message for other workers, and pauses or not.</summary>
    private void Leave(SimulatedConnection connection, SimulatedWork work, bool pauses)
    {
        if (pauses)
        {
            broker.CancelWork(connection);
        }

        Act(pauses ? 0.001 : 0.25, pauses ? 0.02 : 0.25, () =>
        {
            if (connection.IsOpen)
            {
                broker.Publish(work.CopyForOthers());
                broker.Acknowledge(connection, work);
            }
        });
        if (pauses && !_pauses)
        {
            _pauses = true;
            time.Within(2, 30, () =>
            {
                _pauses = false;
                if (_connection is { IsOpen: true })
                {
                    Consume(_connection);
                }
            });
        }
    }

    /// <summary>Runs an action of the process after a time, unless it has died by then; later if it is frozen.</summary>
    private void Act(double fromSeconds, double toSeconds, Action action)
    {
        int life = _life;
        time.Within(fromSeconds, toSeconds, () =>
        {
            if (life != _life)
            {
                return;
            }

            if (time.Now < _frozenUntil)
            {
                time.In(_frozenUntil - time.Now, () => Act(0, 0.01, action));
                return;
            }

            action();
        });
    }
}
