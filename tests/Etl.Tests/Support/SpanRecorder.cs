using System.Collections.Concurrent;
using System.Diagnostics;
using PaletteEtl.Telemetry;

namespace Etl.Tests.Support;

/// <summary>Keeps the spans of the test that made it, and of no other that runs beside it.</summary>
internal sealed class SpanRecorder : IDisposable
{
    private static readonly AsyncLocal<SpanRecorder?> Current = new();

    private readonly ConcurrentQueue<Activity> _spans = new();
    private readonly ActivityListener _listener;
    private readonly Func<string, bool> _samples;
    private readonly Func<string, bool> _keeps;

    /// <param name="samples">Selects the sampled roots by name; all by default. Spans below a root are sampled like the root.</param>
    /// <param name="keeps">Selects roots that keep their data without being sampled, so that they can be sampled before their end.</param>
    public SpanRecorder(Func<string, bool>? samples = null, Func<string, bool>? keeps = null)
    {
        _samples = samples ?? (static _ => true);
        _keeps = keeps ?? (static _ => false);
        Current.Value = this;
        _listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == EtlTelemetry.ActivitySourceName,
            Sample = Sample,
            ActivityStarted = span =>
            {
                if (Current.Value == this && span.Recorded)
                {
                    _spans.Enqueue(span);
                }
            },
            ActivityStopped = span =>
            {
                if (Current.Value == this && span.Recorded && !_spans.Contains(span))
                {
                    _spans.Enqueue(span);
                }
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>The spans of a name, in the order they began.</summary>
    public IReadOnlyList<Activity> All => [.. _spans];

    public IReadOnlyList<Activity> this[string name] => [.. _spans.Where(span => span.OperationName == name)];

    /// <summary>The names of all, with how often each came.</summary>
    public string Counts => string.Join(
        ", ", _spans.CountBy(span => span.OperationName).OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => $"{one.Key} {one.Value}"));

    public bool AllEnded => _spans.All(span => span.IsStopped);

    public void Dispose()
    {
        _listener.Dispose();
        Current.Value = null;
    }

    /// <summary>As the SDK does: the root of a trace that is not sampled exists all the same, unrecorded.</summary>
    private ActivitySamplingResult Sample(ref ActivityCreationOptions<ActivityContext> options)
    {
        if (Current.Value != this)
        {
            return ActivitySamplingResult.None;
        }

        bool isRoot = options.Parent.TraceId == default;
        return (isRoot ? _samples(options.Name) : options.Parent.TraceFlags.HasFlag(ActivityTraceFlags.Recorded))
                ? ActivitySamplingResult.AllDataAndRecorded
            : isRoot && _keeps(options.Name) ? ActivitySamplingResult.AllData
            : isRoot ? ActivitySamplingResult.PropagationData
            : ActivitySamplingResult.None;
    }
}
