using System.CommandLine;
using Etl.Host.Run;
using PaletteEtl.Catalogue;

namespace Etl.Host.Commands;

/// <summary><c>etl run</c>: fills in every missing palette, once.</summary>
internal sealed class RunCommand : ConfiguredCommand
{
    private readonly Option<long?> _limit = CommandOption.Number(
        "--limit", "Maximum number of movies to read.", min: 1);

    private readonly IdOptions _ids = new("Reads only");

    private readonly Option<RefreshKind?> _stale = CommandOption.OneOf<RefreshKind>(
        "--stale",
        "Also makes palettes again: those made with other settings, those whose cover has changed, or both.",
        "settings", "covers", "all");

    private readonly Option<bool> _adopt = CommandOption.Flag(
        "--adopt", "With --stale: also makes palettes again that etl has not made.");

    private readonly Option<bool> _dryRun = CommandOption.Flag(
        "--dry-run", "Does everything except write to the database.");

    private readonly Option<ProgressMode?> _progress = CommandOption.OneOf<ProgressMode>(
        "--progress", "Progress display: bars, log lines or none. auto: bars on a terminal, log lines elsewhere.", "auto", "bar", "log", "none");

    private readonly Option<LogFormat> _logFormat = CommandOption.LogFormat();

    private readonly Option<bool> _quiet = CommandOption.Flag(
        "--quiet", "Shows only warnings and errors.", "-q");

    private readonly Option<bool> _noWait = CommandOption.Flag(
        "--no-wait", "With a broker: fails if another run or service uses its queues, instead of waiting.");

    private readonly Option<FileInfo?> _backup = CommandOption.File(
        "--backup", "Copies the database to this file before the first write.", "FILE");

    private readonly Option<FileInfo?> _report = CommandOption.File(
        "--report", "Writes the report of the run to this file.", "FILE.json");

    public RunCommand()
        : base(
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
              129, 130, 143
                        SIGHUP, SIGINT, SIGTERM: the run first settled the movies it
                        had read, unless a second signal aborted it
            """) => Takes(_limit, _ids.List, _ids.Single, _stale, _adopt, _dryRun, _progress, _logFormat, _quiet, _noWait, _backup, _report);

    protected override Task<int> RunAsync(ParseResult parsed) => RunExecution.RunAsync(
        Load(parsed, ShortcutsOf(parsed)), SettingsOf(parsed), parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);

    private IEnumerable<string> ShortcutsOf(ParseResult parsed)
    {
        if (parsed.GetValue(_stale) is { } kind)
        {
            yield return $"Etl:Query:Refresh={kind}";
        }

        if (parsed.GetValue(_adopt))
        {
            yield return "Etl:Query:Adopt=true";
        }
    }

    private RunSettings SettingsOf(ParseResult parsed) => new()
    {
        Limit = parsed.GetValue(_limit),
        Ids = _ids.Of(parsed),
        DryRun = parsed.GetValue(_dryRun),
        Progress = parsed.GetValue(_progress) ?? ProgressMode.Auto,
        LogFormat = parsed.GetValue(_logFormat),
        Quiet = parsed.GetValue(_quiet),
        NoWait = parsed.GetValue(_noWait),
        Backup = parsed.GetValue(_backup),
        Report = parsed.GetValue(_report),
    };
}
