using System.Collections.Concurrent;
using System.Threading.Tasks.Dataflow;
using Etl.Cluster.Messages;
using PaletteEtl.Palettes;
using PaletteEtl.Pipeline;
using PaletteEtl.Telemetry;

namespace Etl.Cluster.Workers;

/// <summary>The local extraction with the settings of one run, and the movies in it.</summary>
internal sealed class ExtractionPipeline
{
    private static readonly DataflowLinkOptions Propagate = new() { PropagateCompletion = true };
    private static readonly TimeSpan RefreshInterval = TimeSpan.FromMilliseconds(50);

    private readonly ConcurrentDictionary<long, (InFlightMessage Message, int Index)> _movies = new();
    private readonly IPropagatorBlock<Item<Movie>, Item<Palette>> _extract;
    private readonly ActionBlock<Item<Palette>> _complete;
    private readonly EtlRun _run;
    private readonly WorkerMonitor _monitor;
    private readonly ITimer _refresh;
    private readonly CancellationToken _aborting;
    private long _last;

    public ExtractionPipeline(IExtraction extraction, EtlRun run, WorkerMonitor monitor, RunAbort abort, TimeProvider clock)
    {
        (_run, _monitor, _aborting) = (run, monitor, abort.Token);
        _extract = extraction.Create(run, abort);
        _complete = new ActionBlock<Item<Palette>>(Complete, new ExecutionDataflowBlockOptions { BoundedCapacity = 1 });
        _extract.LinkTo(_complete, Propagate);
        run.StartStages(run.Fetch.Now);
        _refresh = clock.CreateTimer(_ => run.Refresh(), null, RefreshInterval, RefreshInterval);
    }

    /// <summary>Whether a cover is being fetched, which may take longer than the other stages.</summary>
    public bool IsFetching => _run.Fetch.Report().InProgress > 0;

    /// <summary>Extracts the palettes of a message's movies.</summary>
    /// <param name="wanted">The movies.</param>
    /// <param name="queue">The queue that the message came from.</param>
    /// <exception cref="OperationCanceledException">The worker is aborted.</exception>
    public async Task<MovieResult[]> ExtractAsync(WantedMovie[] wanted, string queue)
    {
        var message = new InFlightMessage(wanted);
        for (int i = 0; i < wanted.Length; i++)
        {
            Movie movie = wanted[i].ToMovie();
            long number = Interlocked.Increment(ref _last);
            _movies[number] = (message, i);
            long now = _run.Fetch.Now;
            var item = new Item<Movie>(movie, movie)
            {
                Number = number,
                ReadAt = now,
                ReadyAt = now,
                Span = EtlActivities.StartExtract(wanted[i].Trace, queue),
            };
            await _extract.SendAsync(item, _aborting).ConfigureAwait(false);
        }

        return await message.Completed.WaitAsync(_aborting).ConfigureAwait(false);
    }

    /// <summary>Drains the pipeline; no call of <see cref="ExtractAsync"/> may be in progress.</summary>
    public async Task CloseAsync()
    {
        _extract.Complete();
        await _complete.Completion.ConfigureAwait(false);
        await _refresh.DisposeAsync().ConfigureAwait(false);
        _run.StopStages(_run.Fetch.Now);
    }

    private void Complete(Item<Palette> item)
    {
        _monitor.Progressed();
        if (_movies.TryRemove(item.Number, out (InFlightMessage Message, int Index) movie))
        {
            movie.Message.Complete(movie.Index, item);
        }
    }
}
