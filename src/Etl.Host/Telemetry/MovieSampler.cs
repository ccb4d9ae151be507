using System.Diagnostics;
using OpenTelemetry.Trace;
using PaletteEtl.Telemetry;

namespace Etl.Host.Telemetry;

/// <summary>Samples a share of the movies; runs and their batches always, and all below as what they belong to.</summary>
internal sealed class MovieSampler(double ratio) : Sampler
{
    private readonly TraceIdRatioBasedSampler _movies = new(ratio);

    public override SamplingResult ShouldSample(in SamplingParameters parameters) =>
        parameters.ParentContext.TraceId != default
            ? new(parameters.ParentContext.TraceFlags.HasFlag(ActivityTraceFlags.Recorded))
            : parameters.Name == EtlActivities.MovieName ? _movies.ShouldSample(parameters)
            : new(SamplingDecision.RecordAndSample);
}
