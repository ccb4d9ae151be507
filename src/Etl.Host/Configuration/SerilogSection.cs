using System.Reflection;
using Microsoft.Extensions.Configuration;
using Serilog;
using Serilog.Configuration;
using Serilog.Formatting.Compact;
using Serilog.Settings.Configuration;

namespace Etl.Host.Configuration;

/// <summary>Reads the section <c>Serilog</c>, which Serilog alone knows how to check.</summary>
internal static class SerilogSection
{
    private const string Levels = "Serilog:MinimumLevel";

    /// <summary>Whether a path sets the least level of what is logged, which can change while the program runs.</summary>
    public static bool IsLevel(string path) => path.StartsWith(Levels, StringComparison.OrdinalIgnoreCase);

    /// <summary>The settings, with a level of the namespace <c>Etl</c> also for that of the library, which was named so before.</summary>
    public static IEnumerable<Setting> WithLibrary(IReadOnlyList<Setting> settings) =>
        settings.FirstOrDefault(static setting => IsLevelOf("Etl", setting)) is { } level
        && !settings.Any(static setting => IsLevelOf("PaletteEtl", setting))
            ? settings.Append(level with { Path = $"{Levels}:Override:PaletteEtl" })
            : settings;

    /// <summary>Whether a path names a file that is logged to.</summary>
    public static bool IsFile(string path) =>
        path.StartsWith("Serilog:", StringComparison.OrdinalIgnoreCase)
        && path.EndsWith(":Args:path", StringComparison.OrdinalIgnoreCase);

    private static bool IsLevelOf(string name, Setting setting) =>
        setting.Path.Equals($"{Levels}:Override:{name}", StringComparison.OrdinalIgnoreCase);

    /// <exception cref="UserException">Serilog cannot make loggers of it.</exception>
    public static LoggerConfiguration Section(this LoggerSettingsConfiguration settings, IConfiguration configuration)
    {
        try
        {
            return settings.Configuration(configuration, OptionsFor(configuration));
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException or FormatException
            or IOException or UnauthorizedAccessException or TargetInvocationException)
        {
            string cause = error.GetBaseException().Message;
            throw new UserException(ExitCodes.Refused, $"the configuration is refused: Serilog: {cause}");
        }
    }

    /// <summary>Where Serilog finds what the section names: in Serilog itself and the program's own sinks, unless it asks for others, for which
    /// Serilog would look through every assembly of the program at each start.</summary>
    private static ConfigurationReaderOptions? OptionsFor(IConfiguration configuration) =>
        configuration.GetSection("Serilog:Using").Exists()
            ? null
            : new ConfigurationReaderOptions(
                typeof(ILogger).Assembly,
                typeof(ConsoleLoggerConfigurationExtensions).Assembly,
                typeof(FileLoggerConfigurationExtensions).Assembly,
                typeof(CompactJsonFormatter).Assembly);
}
