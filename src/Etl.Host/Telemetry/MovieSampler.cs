using System.Diagnostics;
using OpenTelemetry.Trace;
using PaletteEtl.Telemetry;

namespace Etl.Host.Telemetry;

/// <summary>Samples a share of the movies and of the small runs of a service, and all below as what they belong to.</summary>
/// <remarks>How a run ends is not known at its start, so a run that is not sampled keeps its data, and
/// <see cref="RunTelemetry"/> marks it as sampled later if it is large, fails or has dead letters.</remarks>
internal sealed class MovieSampler(double ratio) : Sampler
{
    private readonly TraceIdRatioBasedSampler _share = new(ratio);

    public override SamplingResult ShouldSample(in SamplingParameters parameters)
    {
        if (parameters.ParentContext.TraceId != default)
        {
            return new(parameters.ParentContext.TraceFlags.HasFlag(ActivityTraceFlags.Recorded));
        }

        SamplingResult share = _share.ShouldSample(parameters);
        return parameters.Name == EtlActivities.MovieName || share.Decision == SamplingDecision.RecordAndSample
            ? share
            : new(SamplingDecision.RecordOnly);
    }
}
