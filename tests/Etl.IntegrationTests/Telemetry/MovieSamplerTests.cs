using System.Diagnostics;
using Etl.Host.Telemetry;
using OpenTelemetry.Trace;
using PaletteEtl.Telemetry;

namespace Etl.IntegrationTests.Telemetry;

public sealed class MovieSamplerTests
{
    [Theory]
    [InlineData(EtlActivities.MovieName, 0, SamplingDecision.Drop)]
    [InlineData(EtlActivities.MovieName, 1, SamplingDecision.RecordAndSample)]
    [InlineData(EtlActivities.RunName, 0, SamplingDecision.RecordOnly)] // its course decides
    [InlineData(EtlActivities.RunName, 1, SamplingDecision.RecordAndSample)]
    public void ShouldSample_Root_GoesByTheRatio(string name, double ratio, SamplingDecision decision) =>
        Assert.Equal(decision, Decide(name, ratio, default));

    [Theory]
    [InlineData(ActivityTraceFlags.None, SamplingDecision.Drop)]
    [InlineData(ActivityTraceFlags.Recorded, SamplingDecision.RecordAndSample)]
    public void ShouldSample_Child_GoesByItsParent(ActivityTraceFlags parent, SamplingDecision decision) => Assert.Equal(
        decision, Decide(EtlActivities.BatchName, 0, new ActivityContext(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), parent)));

    private static SamplingDecision Decide(string name, double ratio, ActivityContext parent) => new MovieSampler(ratio)
        .ShouldSample(new SamplingParameters(parent, ActivityTraceId.CreateRandom(), name, ActivityKind.Internal)).Decision;
}
