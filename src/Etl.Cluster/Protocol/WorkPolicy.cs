using Etl.Cluster.Messages;

namespace Etl.Cluster.Protocol;

/// <summary>The protocol of a worker without its I/O: what it does with messages. Not safe for concurrent use.</summary>
/// <param name="worker">The worker, random for each process.</param>
/// <param name="catalogue">The identity of the only catalogue that the worker serves; null when it serves any.</param>
internal sealed class WorkPolicy(string worker, string? catalogue)
{
    /// <summary>How often a message may come back before its covers are decoded in processes of their own.</summary>
    public const int MaxPlainRedeliveries = 1;

    /// <summary>How often a message is left to others before a worker repeats what it has failed to do, or rejects what it does not know.</summary>
    public const int MaxLefts = 20;

    /// <summary>Unreached covers in a row after which a worker compares itself with others.</summary>
    private const int MaxUnreached = 16;

    private long _unreached;
    private long _palettesOfOthers;

    /// <summary>Decides on a message.</summary>
    /// <param name="headers">The headers of the message.</param>
    /// <param name="isSupported">Whether the worker knows the version of the message and all its settings.</param>
    /// <param name="queue">The queue of the message.</param>
    /// <param name="redeliveries">How often the broker has delivered it before.</param>
    public WorkAction ActionFor(WorkHeaders headers, bool isSupported, WorkQueue queue, long redeliveries)
    {
        if (catalogue is not null && headers.Catalogue != catalogue)
        {
            return WorkAction.LeaveForeign;
        }

        if (!isSupported)
        {
            return headers.Lefts < MaxLefts ? WorkAction.LeaveUnsupported : WorkAction.Reject;
        }

        if (headers.NotBy == worker && headers.Lefts < MaxLefts)
        {
            return WorkAction.LeaveOnce;
        }

        if (_unreached >= MaxUnreached && headers.Palettes - _palettesOfOthers > 2 * _unreached)
        {
            _unreached /= 2; // after the pause, the worker tries again
            return WorkAction.LeaveUnreached;
        }

        return queue == WorkQueue.Suspect || redeliveries > MaxPlainRedeliveries ? WorkAction.ExtractIsolated : WorkAction.Extract;
    }

    /// <summary>A message has been processed.</summary>
    public void Observe(WorkHeaders headers, ReadOnlySpan<MovieResult> results)
    {
        foreach (MovieResult result in results)
        {
            if (result.IsUnreached)
            {
                _unreached++;
            }
            else
            {
                (_unreached, _palettesOfOthers) = (0, headers.Palettes);
            }
        }
    }
}
