using System.Diagnostics.CodeAnalysis;
using System.Threading.Tasks.Dataflow;
using Microsoft.Extensions.Logging;
using PaletteEtl.Catalogue;
using PaletteEtl.Covers;
using PaletteEtl.Palettes;
using PaletteEtl.Telemetry;

namespace PaletteEtl.Pipeline;

/// <summary>Fills in the missing palettes of a catalogue. Each call of <see cref="RunAsync(CancellationToken, CancellationToken)"/>
/// is one run; runs of one pipeline come one after the other.</summary>
public sealed class EtlPipeline
{
    private static readonly DataflowLinkOptions Propagate = new() { PropagateCompletion = true };
    private static readonly TimeSpan RefreshInterval = TimeSpan.FromMilliseconds(50);

    private readonly IMovieSource _movies;
    private readonly IExtraction _extraction;
    private readonly IPaletteSink _sink;
    private readonly EtlMetrics _metrics;
    private readonly TimeProvider _clock;
    private readonly ILogger<EtlPipeline> _log;
    private readonly RunOptions _options;
    private int _running;

    internal EtlPipeline(
        IMovieSource movies,
        IExtraction extraction,
        IPaletteSink sink,
        RunOptions options,
        EtlMetrics metrics,
        TimeProvider clock,
        ILogger<EtlPipeline> log)
    {
        (_movies, _extraction, _sink) = (movies, extraction, sink);
        (_options, _metrics, _clock, _log) = (options, metrics, clock, log);
    }

    /// <summary>Reads every movie whose palette is missing and settles it: a palette, or a dead letter.</summary>
    /// <param name="draining">Stops reading; what was read is still settled, or dropped once that takes longer than
    /// <see cref="Hosting.EtlOptions.DrainTimeout"/>.</param>
    /// <param name="aborting">Stops at once; what is in flight is dropped, what is committed stays.</param>
    /// <returns>The totals of the run; after an abort too.</returns>
    /// <exception cref="CatalogueException">The catalogue cannot be used, or its database failed, such as by a full disk.</exception>
    /// <exception cref="CoverOutageException">No location of covers could be used for as long as the options allow.</exception>
    /// <exception cref="DeadLetterLimitException">As many dead letters as the options allow.</exception>
    /// <exception cref="InvalidOperationException">A run of this pipeline is under way.</exception>
    [SuppressMessage("ApiDesign", "RS0026", Justification = "The first parameter, which is required, tells the overloads apart.")]
    public Task<RunReport> RunAsync(CancellationToken draining = default, CancellationToken aborting = default) =>
        RunAsync(CreateRun(), draining, aborting);

    /// <summary>Reads every movie whose palette is missing and settles it, and reports the progress twice a second and at the end. The movies
    /// are counted at the start.</summary>
    /// <param name="progress">Receives the reports, one at a time. An exception of its own ends the reports, and is thrown when the run
    /// has ended.</param>
    /// <param name="draining">Stops reading; what was read is still settled, or dropped once that takes longer than
    /// <see cref="Hosting.EtlOptions.DrainTimeout"/>.</param>
    /// <param name="aborting">Stops at once; what is in flight is dropped, what is committed stays.</param>
    /// <returns>The totals of the run; after an abort too.</returns>
    /// <exception cref="CatalogueException">The catalogue cannot be used, or its database failed, such as by a full disk.</exception>
    /// <exception cref="CoverOutageException">No location of covers could be used for as long as the options allow.</exception>
    /// <exception cref="DeadLetterLimitException">As many dead letters as the options allow.</exception>
    /// <exception cref="InvalidOperationException">A run of this pipeline is under way.</exception>
    [SuppressMessage("ApiDesign", "RS0026", Justification = "The first parameter, which is required, tells the overloads apart.")]
    public async Task<RunReport> RunAsync(
        IProgress<RunProgress> progress, CancellationToken draining = default, CancellationToken aborting = default)
    {
        ArgumentNullException.ThrowIfNull(progress);
        EtlRun run = CreateRun();
        run.WantsTotal = true;
        using var ended = new CancellationTokenSource();
        Task reporting = ProgressReports.SendAsync(run, progress, _clock, ended.Token);
        try
        {
            return await RunAsync(run, draining, aborting).ConfigureAwait(false);
        }
        finally
        {
            await ended.CancelAsync().ConfigureAwait(false);
            await reporting.ConfigureAwait(false);
        }
    }

    /// <summary>Creates the next run, so that the caller can observe it.</summary>
    internal EtlRun CreateRun() => new(_options, _metrics, _clock, _log, _extraction.MoviesElsewhere);

    internal Task<RunReport> RunAsync(EtlRun run, CancellationToken draining, CancellationToken aborting) =>
        RunAsync(run, _movies, draining, aborting);

    /// <summary>Likewise, for other movies of the catalogue.</summary>
    internal async Task<RunReport> RunAsync(EtlRun run, IMovieSource movies, CancellationToken draining, CancellationToken aborting)
    {
        if (Interlocked.Exchange(ref _running, 1) == 1)
        {
            throw new InvalidOperationException("A run is in progress. Await it before you start another.");
        }

        using var limit = new DrainLimit(_options.DrainTimeout, _clock, draining, aborting);
        run.Started(_options.Query.Database, _options.Fetch.Locations.Select(LocationTemplate.Shown));
        try
        {
            await RunGraphAsync(run, movies, draining, limit.Aborting).ConfigureAwait(false);
            if (!limit.Aborting.IsCancellationRequested)
            {
                run.SupersededMissing(_sink.CountStillMissing());
            }

            run.Ended(limit.Aborting.IsCancellationRequested ? RunEnding.Aborted
                : draining.IsCancellationRequested ? RunEnding.Drained
                : RunEnding.Completed);
        }
        catch (OperationCanceledException) when (limit.Aborting.IsCancellationRequested)
        {
            run.Ended(RunEnding.Aborted); // a statement before the first movie or after the last was interrupted
        }
        catch (Exception fault)
        {
            run.Ended(RunEnding.Faulted, fault);
            throw;
        }
        finally
        {
            _sink.Close();
            Volatile.Write(ref _running, 0);
        }

        return run.Report();
    }

    private async Task RunGraphAsync(EtlRun run, IMovieSource movies, CancellationToken draining, CancellationToken aborting)
    {
        // First, for a journal mode is not changed while others have the catalogue open; opening may wait for a lock.
        await Task.Run(_sink.Open, CancellationToken.None).ConfigureAwait(false);

        using var abort = new RunAbort(aborting);

        run.Outage.Attach(abort, draining);

        // query -> extract -> batch -> write, where extract is fetch -> decode -> quantize, here or on other machines
        IPropagatorBlock<Item<Movie>, Item<Palette>> extract = _extraction.Create(run, abort);
        var batch = Batch<Palette>();
        var write = Write(new WriteStage(_sink, run, _options.DeadLetters, abort).Run);

        extract.LinkTo(batch, Propagate);
        batch.LinkTo(write, Propagate);
        run.Write.Attach(() => batch.OutputCount);

        TimeSpan interval = _options.Write.FlushInterval;
        using ITimer flush = _clock.CreateTimer(_ => Flush(batch), null, interval, interval);
        using ITimer refresh = _clock.CreateTimer(_ => run.Refresh(), null, RefreshInterval, RefreshInterval);

        using var ended = new CancellationTokenSource();
        Task counting = run.WantsTotal || _metrics.WantsPending ? MovieCount.StartAsync(movies, run, ended.Token) : Task.CompletedTask;
        Task reading = Task.Run(() => ReadIntoAsync(extract, run, movies, abort, draining), CancellationToken.None);
        try
        {
            await RunCompletion.WaitAsync(reading, write.Completion, abort).ConfigureAwait(false);
        }
        finally
        {
            await ended.CancelAsync().ConfigureAwait(false);
            await counting.ConfigureAwait(false);
            await _extraction.CloseAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Hands the source's movies to the first block; a full block makes it wait.</summary>
    private async Task ReadIntoAsync(
        ITargetBlock<Item<Movie>> first, EtlRun run, IMovieSource movies, RunAbort abort, CancellationToken draining)
    {
        try
        {
            long asked = _clock.GetTimestamp();
            foreach (Movie movie in movies.ReadMissing(draining))
            {
                if (!await first.SendAsync(run.MovieRead(movie, asked), abort.Token).ConfigureAwait(false) || draining.IsCancellationRequested)
                {
                    return;
                }

                asked = _clock.GetTimestamp();
            }
        }
        catch (OperationCanceledException) when (abort.Token.IsCancellationRequested)
        {
            // The movie at the door is abandoned like those in flight.
        }
        catch (Exception error)
        {
            abort.Fault(error);
        }
        finally
        {
            run.ReadAll();
            first.Complete();
        }
    }

    /// <summary>Sends a partial batch to the writer, unless one waits for it already: while the database is locked, a batch grows.</summary>
    private static void Flush<T>(BatchBlock<Item<T>> batch)
    {
        if (batch.OutputCount == 0)
        {
            batch.TriggerBatch();
        }
    }

    private BatchBlock<Item<T>> Batch<T>() =>
        new(_options.Write.BatchSize, new GroupingDataflowBlockOptions { BoundedCapacity = _options.Write.BatchSize });

    private static ActionBlock<Item<Palette>[]> Write(Action<Item<Palette>[]> write) =>
        new(write, new ExecutionDataflowBlockOptions { BoundedCapacity = 1 });
}
