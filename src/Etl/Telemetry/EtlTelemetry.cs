namespace PaletteEtl.Telemetry;

/// <summary>The names of the library's telemetry, for <c>AddMeter</c> and <c>AddSource</c> of OpenTelemetry.</summary>
public static class EtlTelemetry
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "Etl";

    /// <summary>The name of the activity source.</summary>
    public const string ActivitySourceName = "Etl";
}
