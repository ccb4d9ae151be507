using Etl.Host.Configuration;

namespace Etl.Host.Service;

/// <summary>The configuration that the service goes by, until another one takes its place.</summary>
internal sealed class ConfigurationInForce(EtlConfiguration first) : IDisposable
{
    private volatile EtlConfiguration _current = first;
    private volatile CancellationTokenSource _replaced = new();

    public EtlConfiguration Current => _current;

    /// <summary>Cancelled once another configuration has taken the current one's place.</summary>
    public CancellationToken Replaced => _replaced.Token;

    /// <summary>Puts another configuration in force; one at a time.</summary>
    public void Replace(EtlConfiguration next)
    {
        CancellationTokenSource replaced = _replaced;
        _current = next; // first: who reads the new token reads the new configuration after it
        _replaced = new CancellationTokenSource();
        replaced.Cancel(); // not disposed: its token may be read just now
    }

    public void Dispose() => _replaced.Dispose();
}
