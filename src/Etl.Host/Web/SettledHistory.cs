using Etl.Host.Json;

namespace Etl.Host.Web;

/// <summary>The last 600 seconds.</summary>
internal sealed class SettledHistory(TimeProvider clock)
{
    private const int Capacity = 600;

    private readonly Lock _gate = new();
    private readonly SecondJson?[] _ring = new SecondJson?[Capacity];
    private int _next;

    public void Add(SecondJson second)
    {
        lock (_gate)
        {
            _ring[_next] = second;
            _next = (_next + 1) % Capacity;
        }
    }

    public HistoryJson ToJson()
    {
        lock (_gate)
        {
            return new HistoryJson(clock.GetUtcNow(), [.. _ring[_next..], .. _ring[.._next]]);
        }
    }
}
