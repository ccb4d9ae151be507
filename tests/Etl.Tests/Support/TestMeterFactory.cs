using System.Diagnostics.Metrics;

namespace Etl.Tests.Support;

/// <summary>Meters of one test, so that tests side by side do not see each other's measurements.</summary>
internal sealed class TestMeterFactory : IMeterFactory
{
    private readonly List<Meter> _meters = [];

    public Meter Create(MeterOptions options)
    {
        options.Scope = this;
        var meter = new Meter(options);
        _meters.Add(meter);
        return meter;
    }

    public IReadOnlyList<Meter> Meters => _meters;

    public void Dispose() => _meters.ForEach(static meter => meter.Dispose());
}
