using System.CommandLine;
using Etl.Host.Run;

namespace Etl.Host.Commands;

/// <summary><c>etl run</c>: fills in every missing palette, once.</summary>
internal sealed class RunCommand
{
    private readonly SharedOptions _shared = new();

    private readonly Option<long?> _limit = NumberOption.Create(
        "--limit", "Movies to read at most; the totals speak of them.", min: 1);

    private readonly Option<bool> _dryRun = new("--dry-run")
    {
        Description = "Does everything but the write.",
    };

    private readonly Option<ProgressMode> _progress = new("--progress")
    {
        Description = "How progress is shown: bars, log lines, or bars on a terminal and log lines elsewhere (auto).",
        HelpName = "auto|bar|log|none",
        CustomParser = argument =>
        {
            string text = argument.Tokens[0].Value;
            if (Enum.GetNames<ProgressMode>().Contains(text, StringComparer.OrdinalIgnoreCase))
            {
                return Enum.Parse<ProgressMode>(text, ignoreCase: true);
            }

            argument.AddError($"--progress takes auto, bar, log or none, not '{text}'.");
            return default;
        },
    };

    private readonly Option<LogFormat> _logFormat = LogFormatOption.Create();

    private readonly Option<bool> _quiet = new("--quiet", "-q")
    {
        Description = "Shows nothing but warnings and errors.",
    };

    private readonly Option<FileInfo?> _backup = FileOption.Create(
        "--backup", "Copies the database to this file before the first write.", "FILE");

    private readonly Option<FileInfo?> _report = FileOption.Create(
        "--report", "Writes the report of the run to this file.", "FILE.json");

    public static Command Create() => new RunCommand().ToCommand();

    private Command ToCommand()
    {
        var command = new Command(
            "run",
            """
            Fills in every missing palette, once.

            Example: etl run --config etl.json --limit 1000 --report report.json

            Exit codes: 0 done, 1 failed, 2 refused, 3 dead letters or skipped movies remain, 4 too many dead letters,
            130 or 143 drained after a signal.
            """)
        {
            _limit, _dryRun, _progress, _logFormat, _quiet, _backup, _report,
        };
        _shared.AddTo(command);
        command.Does(parsed => RunExecution.RunAsync(
            _shared.Load(parsed), SettingsOf(parsed), parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error));
        return command;
    }

    private RunSettings SettingsOf(ParseResult parsed) => new()
    {
        Limit = parsed.GetValue(_limit),
        DryRun = parsed.GetValue(_dryRun),
        Progress = parsed.GetValue(_progress),
        LogFormat = parsed.GetValue(_logFormat),
        Quiet = parsed.GetValue(_quiet),
        Backup = parsed.GetValue(_backup),
        Report = parsed.GetValue(_report),
    };
}
