using System.CommandLine;
using Etl.Host.Bench;
using Etl.Host.Bench.Quality;
using Etl.Host.Json;
using Etl.Host.Run;
using Spectre.Console;

namespace Etl.Host.Commands;

/// <summary><c>etl bench</c>: how fast covers become palettes here, and how good these are.</summary>
internal sealed class BenchCommand : ConfiguredCommand
{
    private const int DefaultCovers = 250;
    private const int DefaultSeconds = 5;

    private readonly Argument<string?> _directory = new("DIR")
    {
        Description = "Folder of covers. Default: the covers of the configured catalogue.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<long?> _covers = CommandOption.Number(
        "--covers", $"Maximum number of covers: the first by name, or of the catalogue. Default: {DefaultCovers}.", min: 1, max: 100_000);

    private readonly Option<long?> _seconds = CommandOption.Number(
        "--seconds", $"Approximate duration of a measurement; 0: each round is one pass over the covers. Default: {DefaultSeconds}.", min: 0, max: 3_600);

    private readonly Option<bool> _quality = CommandOption.Flag(
        "--quality", "Measures only the quality of the palettes, in each algorithm and each way of decoding, in more detail.");

    private readonly Option<bool> _json = CommandOption.Flag("--json", "Prints one JSON object.");

    public BenchCommand()
        : base(
            "bench",
            """
            Measures throughput and palette quality.

            Measures each algorithm with each of its JPEG decoders: on one core, on all
            cores, and through the whole pipeline into a temporary database. Takes about a
            minute. Copies the covers and only reads the catalogue. Uses only the
            locations of the catalogue and of the covers from the configuration.

            With --quality it measures no speed, but how well the palettes represent the
            covers, and how much they change when a JPEG cover is encoded again: as PNG,
            WebP and other JPEGs, narrower, and cropped. Takes about 0.2 s a cover.

            Example: etl bench covers --seconds 10

            Exit codes:
              0         done
              1         failed
              2         refused: the command line, the configuration, or DIR has no covers
              129, 130, 143
                        stopped by SIGHUP, SIGINT or SIGTERM
            """)
    {
        Arguments.Add(_directory);
        Takes(_covers, _seconds, _quality, _json);
    }

    protected override async Task<int> RunAsync(ParseResult parsed)
    {
        using var signals = new Signals(Timeout.InfiniteTimeSpan, TimeProvider.System, static _ => { });
        using var folder = new BenchFolder();
        try
        {
            Task<Action<TextWriter>> measuring = Task.Run(() => ShowAsync(parsed, folder, signals.Draining));
            await RunExecution.UntilEndedAsync(measuring, TimeProvider.System, signals.Aborting);
            if (!measuring.IsCompleted)
            {
                return signals.ExitCode!.Value; // after a second signal, with a file that cannot be opened, say
            }

            Action<TextWriter> write = await measuring;
            write(parsed.InvocationConfiguration.Output);
            return ExitCodes.Done;
        }
        catch (OperationCanceledException) when (signals.ExitCode is { } code)
        {
            return code;
        }
        catch (CoverException error)
        {
            throw new UserException(ExitCodes.Failed, $"A cover that was decoded before cannot be decoded any more: {error.Message}");
        }
    }

    /// <summary>Measures, and on a terminal says what. That is drawn only when it changes: what draws by itself would be measured too.</summary>
    /// <returns>Writes the result.</returns>
    private async Task<Action<TextWriter>> ShowAsync(ParseResult parsed, BenchFolder folder, CancellationToken stopping)
    {
        IAnsiConsole console = Terminal.On(parsed.InvocationConfiguration.Error);
        return console.Profile.Out.IsTerminal
            ? await console.Live(new Text("")).AutoClear(true).StartAsync(live =>
                MeasureAsync(parsed, folder, text => live.UpdateTarget(new Text($" {text}")), stopping))
            : await MeasureAsync(parsed, folder, static _ => { }, stopping);
    }

    private async Task<Action<TextWriter>> MeasureAsync(
        ParseResult parsed, BenchFolder folder, Action<string> tell, CancellationToken stopping)
    {
        if (parsed.GetValue(_quality) && parsed.GetValue(_seconds) is not null)
        {
            throw new UserException(ExitCodes.Refused, "--quality cannot be combined with --seconds, because it measures no speed. Remove one of them.");
        }

        tell("reading covers");
        await CopyCoversAsync(parsed, folder, stopping);
        bool isJson = parsed.GetValue(_json);
        if (parsed.GetValue(_quality))
        {
            QualityResult quality = await QualityExecution.RunAsync(folder, tell, stopping);
            return isJson
                ? output => EtlJson.WriteLine(output, new QualityJson(quality), EtlJson.Readable.QualityJson)
                : output => QualityTable.Write(output, quality);
        }

        var length = TimeSpan.FromSeconds(parsed.GetValue(_seconds) ?? DefaultSeconds);
        var result = new BenchResult(folder.Covers.Count, folder.LeftOut, await BenchExecution.RunAsync(folder, length, tell, stopping));
        return isJson
            ? output => EtlJson.WriteLine(output, new BenchJson(result), EtlJson.Readable.BenchJson)
            : output => BenchTable.Write(output, result);
    }

    private async Task CopyCoversAsync(ParseResult parsed, BenchFolder folder, CancellationToken stopping)
    {
        int count = (int?)parsed.GetValue(_covers) ?? DefaultCovers;
        if (parsed.GetValue(_directory) is { } directory)
        {
            if (IsConfigured(parsed))
            {
                throw new UserException(ExitCodes.Refused, "DIR cannot be combined with --config or --set, which name a catalogue. Remove one of them.");
            }

            await BenchCovers.CopyFolderAsync(directory, count, folder, stopping);
            ThrowIfEmpty(folder, ExitCodes.Refused, $"No file in {directory} yields a palette. Give a folder of covers.");
        }
        else
        {
            await BenchCovers.CopyCatalogueAsync(Load(parsed), count, folder, stopping);
            ThrowIfEmpty(folder, ExitCodes.Failed, "No cover of the catalogue yields a palette. Run 'etl validate', or give a folder: etl bench DIR.");
        }
    }

    private static void ThrowIfEmpty(BenchFolder folder, int exitCode, string message)
    {
        if (folder.Covers.Count == 0)
        {
            throw new UserException(exitCode, message);
        }
    }
}
