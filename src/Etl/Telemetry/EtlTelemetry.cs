using System.Reflection;

namespace PaletteEtl.Telemetry;

/// <summary>The names of the library's telemetry, for <c>AddMeter</c> and <c>AddSource</c> of OpenTelemetry.</summary>
public static class EtlTelemetry
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "Etl";

    /// <summary>The name of the activity source.</summary>
    public const string ActivitySourceName = "Etl";

    /// <summary>The version of meter and activity source, which is the library's.</summary>
    internal static string Version { get; } =
        typeof(EtlTelemetry).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
