using System.Collections.Concurrent;
using System.Threading.Tasks.Dataflow;
using Etl.Cluster.Messages;
using PaletteEtl.Palettes;
using PaletteEtl.Pipeline;
using PaletteEtl.Telemetry;

namespace Etl.Cluster.Workers;

/// <summary>The local block, set up for one run's settings, and the movies in it.</summary>
internal sealed class Workbench
{
    private static readonly DataflowLinkOptions Propagate = new() { PropagateCompletion = true };

    private readonly ConcurrentDictionary<long, (MessageInWork Message, int Place)> _movies = new();
    private readonly IPropagatorBlock<Item<Movie>, Item<Palette>> _extract;
    private readonly ActionBlock<Item<Palette>> _finish;
    private readonly EtlRun _run;
    private readonly CancellationToken _aborting;
    private long _last;

    public Workbench(IExtraction extraction, EtlRun run, RunAbort abort)
    {
        (_run, _aborting) = (run, abort.Token);
        _extract = extraction.Create(run, abort);
        _finish = new ActionBlock<Item<Palette>>(Finish, new ExecutionDataflowBlockOptions { BoundedCapacity = 1 });
        _extract.LinkTo(_finish, Propagate);
        run.StartStages(run.Fetch.Now);
    }

    /// <summary>Makes the palettes of a message's movies.</summary>
    /// <exception cref="OperationCanceledException">The worker is aborted.</exception>
    public async Task<MovieResult[]> ExtractAsync(WantedMovie[] wanted)
    {
        var message = new MessageInWork(wanted);
        for (int i = 0; i < wanted.Length; i++)
        {
            var movie = new Movie(default, wanted[i].Id, wanted[i].Previous); // whose row is the coordinator's matter
            long number = Interlocked.Increment(ref _last);
            _movies[number] = (message, i);
            long now = _run.Fetch.Now;
            var item = new Item<Movie>(movie, movie)
            {
                Number = number,
                ReadAt = now,
                ReadyAt = now,
                Span = EtlActivities.StartExtract(wanted[i].Trace),
            };
            await _extract.SendAsync(item, _aborting).ConfigureAwait(false);
        }

        return await message.Finished.WaitAsync(_aborting).ConfigureAwait(false);
    }

    /// <summary>Ends the block. Nobody is to extract any more.</summary>
    public async Task CloseAsync()
    {
        _extract.Complete();
        await _finish.Completion.ConfigureAwait(false);
        _run.StopStages(_run.Fetch.Now);
    }

    private void Finish(Item<Palette> item)
    {
        if (_movies.TryRemove(item.Number, out (MessageInWork Message, int Place) movie))
        {
            movie.Message.Finish(movie.Place, item);
        }
    }
}
