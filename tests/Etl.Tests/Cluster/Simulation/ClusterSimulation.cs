using Etl.Cluster.Protocol;
using PaletteEtl.Model;

namespace Etl.Tests.Cluster.Simulation;

/// <summary>Coordinators, workers and a broker on a fake clock, with random delays and faults, all decided by a seed.</summary>
/// <remarks>The decisions are the product's own: <see cref="RequestTable{T}"/> and <see cref="WorkPolicy"/>.</remarks>
internal sealed class ClusterSimulation
{
    /// <summary>Events after which a simulation counts as one that does not end. Most have some hundreds.</summary>
    private const int MaxEvents = 100_000;

    private static readonly TimeSpan Limit = TimeSpan.FromHours(24), LastFault = TimeSpan.FromSeconds(100);

    private readonly SimulatedTime _time;
    private readonly SimulationRules _rules;
    private readonly SimulatedBroker _broker;
    private readonly SimulatedCatalogue[] _catalogues;
    private readonly List<SimulatedWorker> _workers = [];
    private readonly List<SimulatedCoordinator> _coordinators = [];
    private readonly HashSet<SimulatedCatalogue> _served = [];
    private readonly bool _noneKnows;
    private readonly bool _mayGiveUp;
    private readonly bool _mayBeAlone;
    private bool _haveWorkersBeenLost;
    private string? _violation;

    private ClusterSimulation(int seed, SimulationRules rules, bool keepsHistory)
    {
        (_time, _rules) = (new SimulatedTime(seed, keepsHistory), rules);
        _broker = new SimulatedBroker(_time) { Locks = rules.HasLock };
        _catalogues = [new SimulatedCatalogue(0, 4 + _time.Next(16), _time), new SimulatedCatalogue(1, 4 + _time.Next(8), _time)];
        bool hasOther = _time.Chance(0.3);
        _haveWorkersBeenLost = hasOther; // those of one catalogue pause while the other is served
        bool isBound = hasOther || _time.Chance(0.3);
        WorkerKind bad = (WorkerKind)_time.Next(Enum.GetValues<WorkerKind>().Length);
        _noneKnows = _time.Chance(0.02);
        bool hasBad = !_noneKnows && _time.Chance(0.2);
        _mayGiveUp = hasBad && bad is (WorkerKind.Misfit or WorkerKind.Rejecting);
        _mayBeAlone = hasBad && bad == WorkerKind.Unreached;
        if (_time.Chance(0.3))
        {
            _catalogues[0].Poison(_time.Next(_catalogues[0].Movies));
            _haveWorkersBeenLost = true;
        }

        if (_time.Chance(0.1))
        {
            _catalogues[0].SlowDown(_time.Next(_catalogues[0].Movies));
            _haveWorkersBeenLost = true;
        }

        if (_time.Chance(0.3))
        {
            _catalogues[0].RemoveCover(_time.Next(_catalogues[0].Movies));
        }

        for (int i = 0, count = 1 + _time.Next(4); i < count; i++)
        {
            AddWorker(_catalogues[0], isBound, _noneKnows ? WorkerKind.Unsupported : WorkerKind.Good);
        }

        if (hasBad)
        {
            AddWorker(_catalogues[0], isBound, bad);
        }

        if (hasOther || _time.Chance(0.1))
        {
            AddWorker(_catalogues[1], isBound: true, WorkerKind.Good);
        }

        AddCoordinator(_catalogues[0]);
        if (hasOther)
        {
            AddCoordinator(_catalogues[1]);
        }

        for (int i = 0, count = _time.Next(8); i < count; i++)
        {
            _time.Within(2, _time.Chance(0.8) ? 8 : LastFault.TotalSeconds, Disturb);
        }
    }

    private bool IsOver => _time.Now > Limit
        || (_time.Now > LastFault && _coordinators.TrueForAll(static coordinator => coordinator.HasEnded));

    /// <summary>Runs a simulation to its end.</summary>
    /// <returns>The property that it violates; null when there is none.</returns>
    public static string? Run(int seed, SimulationRules rules) => new ClusterSimulation(seed, rules, keepsHistory: false).Run();

    /// <summary>Runs it again, for its history.</summary>
    public static IReadOnlyList<string> HistoryOf(int seed, SimulationRules rules)
    {
        var simulation = new ClusterSimulation(seed, rules, keepsHistory: true);
        simulation.Run();
        return simulation._time.History;
    }

    private string? Run()
    {
        for (int events = 0; _violation is null && events < MaxEvents && !IsOver && _time.RunNext(); events++)
        {
            _violation = _coordinators.Find(static coordinator => coordinator.Violation is not null)?.Violation
                ?? (_broker.HadTwoCoordinators ? "Two coordinators use the queues at the same time" : null);
        }

        return _violation
            ?? (_coordinators.TrueForAll(static coordinator => coordinator.HasEnded) ? null : "A run does not end")
            ?? _served.Select(Unsettled).FirstOrDefault(static problem => problem is not null);
    }

    /// <summary>The first wrong movie of the result; null when there is none.</summary>
    private string? Unsettled(SimulatedCatalogue catalogue)
    {
        for (int movie = 0; movie < catalogue.Movies; movie++)
        {
            string? failure = catalogue.FailureOf(movie);
            if (catalogue.IsMissing(movie))
            {
                return $"Movie {movie} has neither a palette nor a dead letter";
            }

            bool isExcused = (_mayGiveUp && failure == nameof(FailureReason.Internal))
                || (_mayBeAlone && _haveWorkersBeenLost && failure == nameof(FailureReason.NotFound)); // there was no other one
            string? expected = _noneKnows && catalogue == _catalogues[0] ? nameof(FailureReason.Internal)
                : catalogue.LacksCover(movie) ? nameof(FailureReason.NotFound)
                : catalogue.Crashes(movie) ? nameof(FailureReason.Crashed)
                : null;
            if (!isExcused && failure != expected)
            {
                return $"Movie {movie} has the failure {failure ?? "none"} instead of {expected ?? "none"}";
            }
        }

        return null;
    }

    private void AddWorker(SimulatedCatalogue catalogue, bool isBound, WorkerKind kind)
    {
        var worker = new SimulatedWorker(
            $"worker {_workers.Count}", catalogue, isBound ? catalogue.Identity : null, kind, _broker, _time, _rules);
        _workers.Add(worker);
        _time.Within(0, 2, worker.Start);
    }

    private void AddCoordinator(SimulatedCatalogue catalogue)
    {
        var coordinator = new SimulatedCoordinator($"coordinator {_coordinators.Count}", catalogue, _broker, _time, _rules);
        _coordinators.Add(coordinator);
        _served.Add(catalogue);
        _time.Within(2, 4, coordinator.Start);
    }

    private void Disturb()
    {
        SimulatedWorker worker = _workers[_time.Next(_workers.Count)];
        SimulatedCoordinator coordinator = _coordinators[_time.Next(_coordinators.Count)];
        WorkQueue queue = _time.Chance(0.8) ? WorkQueue.Work : WorkQueue.Suspect;
        Action[] faults =
        [
            () => Lose(worker.Kill),
            () => Lose(worker.CutConnection),
            () => Lose(() => worker.Freeze(_time.Next(60))),
            coordinator.Kill,
            coordinator.CutConnection,
            () => AddCoordinator(_catalogues[0]),
            () => _broker.Purge(queue),
            () => Lose(() => _broker.Delete(queue)),
            () => _broker.Expire(queue),
            _broker.PurgeResults,
            _broker.DuplicateResults,
            () => Lose(_broker.Restart),
            _catalogues[0].ReplaceCovers,
        ];
        int fault = _time.Next(faults.Length);
        _time.Note($"fault {fault} ({queue})");
        faults[fault]();
    }

    private void Lose(Action fault)
    {
        _haveWorkersBeenLost = true;
        fault();
    }
}
