using Etl.Cluster.Messages;
using Etl.Cluster.Protocol;

namespace Etl.Tests.Cluster.Simulation;

/// <summary>A message of work on its way.</summary>
internal sealed class SimulatedWork(WorkHeaders headers, WorkQueue queue, IReadOnlyList<(string Key, int Movie)> movies)
{
    private long _earlier;

    public WorkHeaders Headers => headers;

    public WorkQueue Queue => queue;

    public IReadOnlyList<(string Key, int Movie)> Movies => movies;

    /// <summary>Redeliveries of this message, which the broker counts.</summary>
    public long Deliveries { get; set; }

    /// <summary>Redeliveries of this message and of those that it is a copy of.</summary>
    public long Redeliveries => Deliveries + _earlier;

    /// <summary>A new message with the same requests.</summary>
    public SimulatedWork CopyForOthers() => new(headers with { Lefts = headers.Lefts + 1 }, queue, movies) { _earlier = Redeliveries };

    public override string ToString() => $"{queue} [{string.Join(' ', movies.Select(static movie => movie.Movie))}]";
}

/// <summary>A message of results on its way.</summary>
internal sealed record SimulatedResults(ResultHeaders Headers, IReadOnlyList<MovieResult> Results);

/// <summary>A message of work that the broker has returned.</summary>
internal sealed record SimulatedReturn(SimulatedWork Work, ReturnCause Cause);
