using Etl.IntegrationTests.Run;

namespace Etl.IntegrationTests.Cluster;

/// <summary>Workers that are started again when they have ended, as a supervisor does.</summary>
internal sealed class WorkerPool
{
    private readonly TestCluster _cluster;
    private readonly string[] _arguments;
    private readonly EtlProcess[] _workers;
    private int _ended;

    public WorkerPool(TestCluster cluster, int count, params string[] arguments)
    {
        (_cluster, _arguments) = (cluster, arguments);
        _workers = [.. Enumerable.Range(0, count).Select(_ => cluster.StartWorker(arguments))];
    }

    /// <summary>One of the workers.</summary>
    public EtlProcess Any => _workers[Random.Shared.Next(_workers.Length)];

    /// <summary>Starts a worker for each that has ended. Returns how many have, so far.</summary>
    public int Tend()
    {
        for (int i = 0; i < _workers.Length; i++)
        {
            if (_workers[i].HasEnded)
            {
                _ended++;
                _workers[i] = _cluster.StartWorker(_arguments);
            }
        }

        return _ended;
    }
}
