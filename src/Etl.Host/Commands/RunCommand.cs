using System.CommandLine;
using Etl.Host.Run;

namespace Etl.Host.Commands;

/// <summary><c>etl run</c>: fills in every missing palette, once.</summary>
internal sealed class RunCommand
{
    private readonly SharedOptions _shared = new();

    private readonly Option<long?> _limit = NumberOption.Create(
        "--limit", "Maximum number of movies to read.", min: 1);

    private readonly Option<bool> _dryRun = new("--dry-run")
    {
        Description = "Does everything except write to the database.",
    };

    private readonly Option<ProgressMode?> _progress = EnumOption.Create<ProgressMode>(
        "--progress", "Progress display: bars, log lines or none. auto: bars on a terminal, log lines elsewhere.", "auto", "bar", "log", "none");

    private readonly Option<LogFormat> _logFormat = LogFormatOption.Create();

    private readonly Option<bool> _quiet = new("--quiet", "-q")
    {
        Description = "Shows only warnings and errors.",
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

            A palette is missing when its column is NULL or ''. A movie that fails
            becomes a dead letter, and the run continues. To resume a stopped run, run
            again.

            Example: etl run --config etl.json --limit 1000 --report report.json

            Exit codes:
              0         done, damaged covers included
              1         the run failed
              2         the command line or the configuration was refused
              3         done, but some movies still have no palette (dead letters,
                        skipped or superseded movies)
              4         Etl:MaxDeadLetters was reached
              130, 143  SIGINT, SIGTERM: the run first finished the movies it had read
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
        Progress = parsed.GetValue(_progress) ?? ProgressMode.Auto,
        LogFormat = parsed.GetValue(_logFormat),
        Quiet = parsed.GetValue(_quiet),
        Backup = parsed.GetValue(_backup),
        Report = parsed.GetValue(_report),
    };
}
