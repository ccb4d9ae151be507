using System.Globalization;

namespace Etl.Pipeline;

/// <summary>Says in plain words which stage limits a run.</summary>
internal static class Verdict
{
    private const double Limits = 0.5;

    public static string Of(RunReport report)
    {
        if (report.Read == 0)
        {
            return report.Ending == RunEnding.Completed ? "No palette was missing." : "No movie was read.";
        }

        int busiest = 0;
        for (int i = 1; i < report.Stages.Count; i++)
        {
            busiest = report.Stages[i].BusyShare > report.Stages[busiest].BusyShare ? i : busiest;
        }

        StageReport stage = report.Stages[busiest];
        if (stage.BusyShare < Limits)
        {
            StageReport first = report.Stages[0];
            return first.StarvedShare >= Limits
                ? $"Reading the catalogue limits this run: {first.Name} waited for movies {Percent(first.StarvedShare)} of the time."
                : $"No stage limits this run: the busiest, {stage.Name}, was busy {Percent(stage.BusyShare)} of the time.";
        }

        string workers = stage.Workers == 1 ? "its worker was" : $"its {stage.Workers} workers were";
        string verdict = $"{stage.Name} limits this run: {workers} busy {Percent(stage.BusyShare)} of the time";
        return busiest + 1 < report.Stages.Count
            ? $"{verdict}, {report.Stages[busiest + 1].Name} waited for input {Percent(report.Stages[busiest + 1].StarvedShare)} of it."
            : $"{verdict}.";
    }

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0} %");
}
