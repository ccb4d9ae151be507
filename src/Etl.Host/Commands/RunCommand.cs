using System.CommandLine;
using Etl.Host.Run;

namespace Etl.Host.Commands;

/// <summary><c>etl run</c>: fills in every missing palette, once.</summary>
internal static class RunCommand
{
    private static readonly Option<long?> Limit = new("--limit")
    {
        Description = "Movies to read at most; the totals speak of them.",
        HelpName = "N",
        Validators =
        {
            result =>
            {
                if (result.Tokens is [{ Value: var text }] && long.TryParse(text, out long limit) && limit < 1)
                {
                    result.AddError($"--limit takes a number from 1, not {text}.");
                }
            },
        },
    };

    private static readonly Option<bool> DryRun = new("--dry-run")
    {
        Description = "Does everything but the write.",
    };

    private static readonly Option<ProgressMode> Progress = new("--progress")
    {
        Description = "How progress is shown: bars, log lines, or bars on a terminal and log lines elsewhere (auto).",
        HelpName = "auto|bar|log|none",
    };

    private static readonly Option<bool> Quiet = new("--quiet", "-q")
    {
        Description = "Shows nothing but warnings and errors.",
    };

    private static readonly Option<FileInfo?> Backup = new("--backup")
    {
        Description = "Copies the database to this file before the first write.",
        HelpName = "FILE",
    };

    private static readonly Option<FileInfo?> Report = new("--report")
    {
        Description = "Writes the report of the run to this file.",
        HelpName = "FILE.json",
    };

    public static Command Create()
    {
        var shared = new SharedOptions();
        var command = new Command(
            "run",
            """
            Fills in every missing palette, once.

            Example: etl run --config etl.json --limit 1000 --report report.json

            Exit codes: 0 done, 1 failed, 2 refused, 3 dead letters or skipped movies remain, 4 too many dead letters,
            130 or 143 drained after a signal.
            """)
        {
            Limit, DryRun, Progress, Quiet, Backup, Report,
        };
        shared.AddTo(command);
        command.Does(parsed => RunExecution.RunAsync(shared.Load(parsed), SettingsOf(parsed), parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error));
        return command;
    }

    private static RunSettings SettingsOf(ParseResult parsed) => new()
    {
        Limit = parsed.GetValue(Limit),
        DryRun = parsed.GetValue(DryRun),
        Progress = parsed.GetValue(Progress),
        Quiet = parsed.GetValue(Quiet),
        Backup = parsed.GetValue(Backup),
        Report = parsed.GetValue(Report),
    };
}
