using System.Diagnostics.Tracing;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Etl.Host.Telemetry;

/// <summary>Hears what goes wrong in the OpenTelemetry SDK and its exporters, which tell nobody else.</summary>
internal sealed partial class ExportFailures : EventListener
{
    private const string Exporter = "OpenTelemetry-Exporter-";
    private const string InstrumentOfAnotherMeter = "MetricInstrumentIgnored"; // told of every meter that is not exported

    private readonly Action<string?, string> _failed;

    /// <param name="failed">Called with the address that something was sent to, if it was, and with what went wrong.</param>
    public ExportFailures(Action<string?, string> failed) => _failed = failed;

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name.StartsWith("OpenTelemetry", StringComparison.Ordinal))
        {
            EnableEvents(eventSource, EventLevel.Warning);
        }
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        // The base constructor enables sources that are there already, before there is anybody to tell.
        if (_failed is null || eventData.EventName == InstrumentOfAnotherMeter)
        {
            return;
        }

        string[] parts = [.. eventData.Payload?.Select(part => part?.ToString() ?? "") ?? []];
        if (IsBeforeTheStart(parts) || IsOfAnInstrumentWithoutState(eventData, parts))
        {
            return;
        }

        bool sent = eventData.EventSource.Name.StartsWith(Exporter, StringComparison.Ordinal) && parts is [_, _, ..];
        _failed(sent ? parts[0] : null, sent ? Cause(parts[^1]) : Message(eventData, parts));
    }

    /// <summary>A first collection that comes before the SDK has made all of itself. The next one collects everything.</summary>
    private static bool IsBeforeTheStart(string[] parts) => parts is [var exception]
        && exception.StartsWith("System.NullReferenceException", StringComparison.Ordinal)
        && exception.Split('\n') is [_, var innermost, ..]
        && innermost.Contains("MeterProviderSdk.CollectObservableInstruments", StringComparison.Ordinal);

    /// <summary>A measurement that comes before the SDK has given its instrument a place. The next collection measures again.</summary>
    private static bool IsOfAnInstrumentWithoutState(EventWrittenEventArgs eventData, string[] parts) =>
        eventData.EventName == "MeasurementDropped" && parts is [_, "SDK internal error occurred.", ..];

    [GeneratedRegex(@"^(---> )?[\w.]+Exception( \(\w+\))?: ")]
    private static partial Regex ExceptionType();

    private static string Message(EventWrittenEventArgs eventData, string[] parts) => eventData.Message is { } message
        ? string.Format(CultureInfo.InvariantCulture, message, [.. parts.Select(Cause)])
        : $"{eventData.EventName} {string.Join(", ", parts.Select(Cause))}";

    /// <summary>The innermost message of an exception's text.</summary>
    private static string Cause(string exception)
    {
        string[] lines = exception.Split('\n', StringSplitOptions.TrimEntries);
        string innermost = lines.LastOrDefault(line => line.StartsWith("---> ", StringComparison.Ordinal)) ?? lines[0];
        return ExceptionType().Replace(innermost, "");
    }
}
