using Etl.IntegrationTests.Run;

namespace Etl.IntegrationTests.Cluster;

/// <summary>Workers that are started again when they have ended, as a supervisor does.</summary>
internal sealed class WorkerPool
{
    private readonly List<Func<EtlProcess>> _starts = [];
    private readonly List<EtlProcess> _workers = [];
    private int _ended;

    public WorkerPool(int count, Func<EtlProcess> start)
    {
        for (int i = 0; i < count; i++)
        {
            Join(start);
        }
    }

    /// <summary>One of the workers.</summary>
    public EtlProcess Any => _workers[Random.Shared.Next(_workers.Count)];

    /// <summary>Starts a worker for each that has ended. Returns how many have, so far.</summary>
    public int Tend()
    {
        for (int i = 0; i < _workers.Count; i++)
        {
            if (_workers[i].HasEnded)
            {
                _ended++;
                _workers[i] = _starts[i]();
            }
        }

        return _ended;
    }

    /// <summary>Has one more.</summary>
    public void Join(Func<EtlProcess> start)
    {
        _starts.Add(start);
        _workers.Add(start());
    }

    /// <summary>Ends the one that joined last, in order, and has it no more.</summary>
    public async Task LeaveAsync()
    {
        EtlProcess leaver = _workers[^1];
        _starts.RemoveAt(_starts.Count - 1);
        _workers.RemoveAt(_workers.Count - 1);
        await leaver.Logged("Connected"); // before that a signal ends it at once
        leaver.Signal(EtlProcess.Terminate);
        Assert.Equal(0, (await leaver.EndAsync()).ExitCode);
    }
}
