using System.Diagnostics.Tracing;
using Etl.Host.Telemetry;

namespace Etl.IntegrationTests.Telemetry;

public sealed class ExportFailuresTests
{
    [Fact]
    public void Failed_SdkTellsOfACallback_IsHeardUnlessTheSdkItselfWasNotThereYet()
    {
        var heard = new List<string>();
        using var failures = new ExportFailures((_, reason) =>
        {
            if (reason.Contains("of this test", StringComparison.Ordinal) || reason.Contains("Object reference", StringComparison.Ordinal))
            {
                heard.Add(reason);
            }
        });
        using var sdk = new Sdk();

        sdk.CallbackFailed(
            """
            System.NullReferenceException: Object reference not set to an instance of an object.
               at OpenTelemetry.Metrics.MeterProviderSdk.CollectObservableInstruments()
            """);
        sdk.CallbackFailed(
            """
            System.NullReferenceException: A callback of this test.
               at Somebody.Observe()
               at OpenTelemetry.Metrics.MeterProviderSdk.CollectObservableInstruments()
            """);

        Assert.Equal(["It failed: 'A callback of this test.'"], heard);
    }

    [Theory]
    [InlineData("dotnet.gc.collections", "SDK internal error occurred.", false)]
    [InlineData("etl.run.pending", "SDK internal error occurred.", false)]
    [InlineData("etl.run.pending", "The limit of this test was reached.", true)]
    public void Failed_MeasurementDropped_IsHeardUnlessTheInstrumentHasNoStateYet(string instrument, string reason, bool isHeard)
    {
        bool heard = false;
        using var failures = new ExportFailures((_, text) => heard |= text.Contains("Try again in this test.", StringComparison.Ordinal));
        using var sdk = new Sdk();

        sdk.MeasurementDropped(instrument, reason, "Try again in this test.");

        Assert.Equal(isHeard, heard);
    }

    [EventSource(Name = "OpenTelemetry-Sdk-OfThisTest")]
    private sealed class Sdk : EventSource
    {
        [Event(1, Message = "It failed: '{0}'", Level = EventLevel.Warning)]
        public void CallbackFailed(string exception) => WriteEvent(1, exception);

        [Event(2, Message = "Dropped from '{0}': {1} {2}", Level = EventLevel.Warning)]
        public void MeasurementDropped(string instrument, string reason, string fix) => WriteEvent(2, instrument, reason, fix);
    }
}
