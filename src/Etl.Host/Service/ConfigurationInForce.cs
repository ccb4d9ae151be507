using Etl.Host.Configuration;

namespace Etl.Host.Service;

/// <summary>The configuration that the service goes by, until another one takes its place.</summary>
internal sealed class ConfigurationInForce(EtlConfiguration first) : IDisposable
{
    private readonly Lock _gate = new();
    private EtlConfiguration _current = first;
    private CancellationTokenSource _replaced = new();

    public EtlConfiguration Current
    {
        get
        {
            lock (_gate)
            {
                return _current;
            }
        }
    }

    /// <summary>Cancelled once another configuration has taken the current one's place.</summary>
    public CancellationToken Replaced
    {
        get
        {
            lock (_gate)
            {
                return _replaced.Token;
            }
        }
    }

    public void Replace(EtlConfiguration next)
    {
        CancellationTokenSource replaced;
        lock (_gate)
        {
            replaced = _replaced;
            (_current, _replaced) = (next, new CancellationTokenSource());
        }

        using (replaced)
        {
            replaced.Cancel();
        }
    }

    public void Dispose() => _replaced.Dispose();
}
