using PaletteEtl.Catalogue;
using PaletteEtl.Catalogue.Sqlite;
using PaletteEtl.Palettes;

namespace Etl.Host.Similar;

/// <summary>The palettes of a catalogue in memory, for as long as they are searched.</summary>
/// <remarks>
/// The first request has the index built. From then on the database is asked every second whether anything was committed, by this process
/// or by another, and then the rows are read again, for at most a tenth of the time. Requests meanwhile are answered from the index as it
/// was. An index that nobody has used for a while is dropped.
/// </remarks>
internal sealed class LiveIndex(SqliteCatalogue catalogue, TimeProvider clock) : IDisposable
{
    /// <summary>The time for which an index is kept that is not used.</summary>
    public static readonly TimeSpan IdleTime = TimeSpan.FromMinutes(10);

    public static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);

    /// <summary>The pause after a reading, in times that the reading took.</summary>
    private const int PauseFactor = 9;

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _ending = new();
    private TaskCompletionSource<PaletteIndex>? _current;
    private long _usedAt;

    /// <summary>The index as it is now; the first request waits until it is built.</summary>
    /// <exception cref="CatalogueException">The catalogue cannot be read.</exception>
    public Task<PaletteIndex> GetAsync()
    {
        lock (_gate)
        {
            _usedAt = clock.GetTimestamp();
            if (_current is null)
            {
                TaskCompletionSource<PaletteIndex> first = new(TaskCreationOptions.RunContinuationsAsynchronously);
                _current = first;
                _ = Task.Run(() => KeepAsync(first));
            }

            return _current.Task;
        }
    }

    public void Dispose() => _ending.Cancel();

    private async Task KeepAsync(TaskCompletionSource<PaletteIndex> first)
    {
        try
        {
            await FollowAsync(first).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_ending.IsCancellationRequested)
        {
            Drop(first, new CatalogueException("The service takes over another configuration, or ends. Request again."));
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            Drop(first, error); // the next request tries again, and reports the error if it is still there
        }
    }

    private async Task FollowAsync(TaskCompletionSource<PaletteIndex> first)
    {
        using var changes = new CatalogueChanges(catalogue);
        PaletteIndex? index = null;
        (long endedAt, TimeSpan pause) = (clock.GetTimestamp(), TimeSpan.Zero);
        while (!DropUnused())
        {
            if (clock.GetElapsedTime(endedAt) >= pause && changes.Any())
            {
                changes.MarkSeen();
                long startedAt = clock.GetTimestamp();
                index = PaletteIndexReader.Read(catalogue, index, _ending.Token);
                Publish(first, index);
                endedAt = clock.GetTimestamp();
                pause = PauseFactor * clock.GetElapsedTime(startedAt, endedAt);
            }

            await Task.Delay(PollInterval, clock, _ending.Token).ConfigureAwait(false);
        }
    }

    private void Publish(TaskCompletionSource<PaletteIndex> first, PaletteIndex index)
    {
        if (first.TrySetResult(index))
        {
            return;
        }

        var next = new TaskCompletionSource<PaletteIndex>();
        next.SetResult(index);
        lock (_gate)
        {
            _current = next;
        }
    }

    private bool DropUnused()
    {
        lock (_gate)
        {
            bool isUnused = clock.GetElapsedTime(_usedAt) > IdleTime;
            _current = isUnused ? null : _current;
            return isUnused;
        }
    }

    private void Drop(TaskCompletionSource<PaletteIndex> first, Exception error)
    {
        lock (_gate)
        {
            _current = null;
        }

        first.TrySetException(error);
    }
}
