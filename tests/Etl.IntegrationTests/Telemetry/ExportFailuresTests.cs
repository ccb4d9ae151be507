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

    [EventSource(Name = "OpenTelemetry-Sdk-OfThisTest")]
    private sealed class Sdk : EventSource
    {
        [Event(1, Message = "It failed: '{0}'", Level = EventLevel.Warning)]
        public void CallbackFailed(string exception) => WriteEvent(1, exception);
    }
}
