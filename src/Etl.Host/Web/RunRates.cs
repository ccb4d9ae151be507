using Etl.Host.Json;
using Etl.Host.Service;
using PaletteEtl.Pipeline;

namespace Etl.Host.Web;

/// <summary>Rates and shares of a run over its last five seconds.</summary>
internal sealed class RunRates
{
    private const int Seconds = 5;

    private readonly Queue<RunReport> _reports = [];
    private int _run;

    public CurrentRunJson Describe(ServiceSnapshot now, RunReport report)
    {
        bool running = report.Ending == RunEnding.Running;
        if (_run != now.Runs || !running)
        {
            _run = now.Runs;
            _reports.Clear();
        }

        RunReport? before = _reports.TryPeek(out RunReport? oldest) ? oldest : null;
        if (running)
        {
            _reports.Enqueue(report);
            if (_reports.Count > Seconds)
            {
                _reports.Dequeue();
            }
        }

        return new CurrentRunJson(now, report, before);
    }
}
