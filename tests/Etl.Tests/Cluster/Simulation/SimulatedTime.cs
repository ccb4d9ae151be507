namespace Etl.Tests.Cluster.Simulation;

/// <summary>The clock of a simulation, its random numbers, and its history.</summary>
internal sealed class SimulatedTime(int seed, bool keepsHistory)
{
    private readonly PriorityQueue<Action, (TimeSpan At, long Order)> _events = new();
    private readonly Random _random = new(seed);
    private readonly List<string> _history = [];
    private long _scheduled;

    public TimeSpan Now { get; private set; }

    public IReadOnlyList<string> History => _history;

    /// <summary>Runs an action after a time.</summary>
    public void In(TimeSpan delay, Action action) => _events.Enqueue(action, (Now + delay, _scheduled++));

    /// <summary>Runs an action after a random time.</summary>
    public void Within(double fromSeconds, double toSeconds, Action action) =>
        In(TimeSpan.FromSeconds(fromSeconds + ((toSeconds - fromSeconds) * _random.NextDouble())), action);

    /// <summary>Runs the next action. False when there is none.</summary>
    public bool RunNext()
    {
        if (!_events.TryDequeue(out Action? action, out (TimeSpan At, long Order) key))
        {
            return false;
        }

        Now = key.At;
        action();
        return true;
    }

    public int Next(int limit) => _random.Next(limit);

    public bool Chance(double probability) => _random.NextDouble() < probability;

    /// <summary>Adds a line to the history, if it is kept.</summary>
    public void Note(string line)
    {
        if (keepsHistory)
        {
            _history.Add($"{Now:hh\\:mm\\:ss\\.fff} {line}");
        }
    }
}
