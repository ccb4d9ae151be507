using Etl.Cluster;
using Etl.Host.Cluster;
using Etl.Host.Service;
using Etl.Host.Telemetry;
using Microsoft.Extensions.Configuration;
using Serilog.Events;

namespace Etl.Host.Configuration;

/// <summary>The configuration as its layers give it: defaults, file, environment, command line.</summary>
internal sealed class EtlConfiguration
{
    public const string DefaultFile = "etl.json";

    private EtlConfiguration(string? file, IReadOnlyList<Setting> settings, IReadOnlyList<Setting> refused)
    {
        File = file;
        Settings = settings;
        Root = new ConfigurationBuilder()
            .AddInMemoryCollection(SerilogSection.WithLibrary(settings).Where(setting => setting.Value is not null).Except(refused)
                .Select(setting => KeyValuePair.Create(setting.Path, setting.Value)))
            .Build();
        PipelineRegistration.Bind(Root.GetSection(EtlOptions.Section), Options, refusesUnknownKeys: false);
        Root.GetSection(ClusterOptions.Section).Bind(Cluster);
        Root.GetSection(ServiceOptions.Section).Bind(Service);
        Root.GetSection(WorkerOptions.Section).Bind(Worker);
        Root.GetSection(OpenTelemetryOptions.Section).Bind(OpenTelemetry);
    }

    /// <summary>The values for the libraries that read them by themselves: Serilog and Kestrel.</summary>
    public IConfigurationRoot Root { get; }

    /// <summary>The pipeline.</summary>
    public EtlOptions Options { get; } = new();

    /// <summary>The broker through which other machines take part.</summary>
    public ClusterOptions Cluster { get; } = new();

    /// <summary>The endpoints of the service.</summary>
    public ServiceOptions Service { get; } = new();

    /// <summary>The probes of a worker.</summary>
    public WorkerOptions Worker { get; } = new();

    /// <summary>The section of the export; the standard variables take precedence.</summary>
    public OpenTelemetryOptions OpenTelemetry { get; } = new();

    /// <summary>The broker of a command that cannot do without one.</summary>
    /// <exception cref="UserException">No broker is configured.</exception>
    public ClusterOptions Broker => Cluster.Broker is not null
        ? Cluster
        : throw new UserException(ExitCodes.Refused, "No broker is configured. Set Etl:Cluster:Broker.");

    /// <summary>The path of the configuration file, which need not exist; null when files do not matter.</summary>
    public string? File { get; }

    /// <summary>Every effective value: all options, then what is set of the other roots.</summary>
    public IReadOnlyList<Setting> Settings { get; }

    /// <param name="file">The configuration file, which must exist; null for <c>etl.json</c> in the current folder, if there
    /// is one.</param>
    /// <param name="settings">Settings of the command line, each <c>KEY=VALUE</c>.</param>
    /// <param name="environment">Where the current folder and the environment are taken from; null for the process's own.</param>
    /// <exception cref="UserException">A layer cannot be read, or the check has refused something.</exception>
    public static EtlConfiguration Load(string? file, IReadOnlyList<string> settings, ProcessEnvironment? environment = null)
    {
        environment ??= ProcessEnvironment.OfProcess();
        return Of(PathOf(file, environment), Layers(file, settings, environment));
    }

    /// <summary>The configuration of a command for single images: a missing database or location is not refused.</summary>
    /// <param name="file">As for <see cref="Load"/>.</param>
    /// <param name="settings">As for <see cref="Load"/>.</param>
    /// <param name="shortcuts">The settings of the command's own options, which take precedence over all layers.</param>
    /// <param name="environment">As for <see cref="Load"/>.</param>
    /// <exception cref="UserException">A layer cannot be read, or the check has refused something.</exception>
    public static EtlConfiguration LoadForImages(
        string? file, IReadOnlyList<string> settings, IReadOnlyList<Setting> shortcuts, ProcessEnvironment? environment = null)
    {
        environment ??= ProcessEnvironment.OfProcess();
        IReadOnlyList<Setting>[] layers = [.. Layers(file, settings, environment), shortcuts];
        return Of(PathOf(file, environment), layers, LayerMerge.Merge(layers.Select(CatalogueSettings.RemoveUnneeded)));
    }

    /// <summary>The defaults and the given settings, without files and environment variables.</summary>
    public static EtlConfiguration OfDefaults(IReadOnlyList<string> settings)
    {
        string folder = Directory.GetCurrentDirectory();
        return Of(file: null, PlacedIn(folder, DefaultLayer.Read()), PlacedIn(folder, CommandLineLayer.Read(settings)));
    }

    private static IReadOnlyList<Setting>[] Layers(string? file, IReadOnlyList<string> settings, ProcessEnvironment environment)
    {
        string path = PathOf(file, environment);
        return
        [
            PlacedIn(environment.Folder, DefaultLayer.Read()),
            file is null && !System.IO.File.Exists(path) ? [] : PlacedIn(Path.GetDirectoryName(path)!, FileLayer.Read(path)),
            PlacedIn(environment.Folder, EnvironmentLayer.Read(environment.Variables)),
            PlacedIn(environment.Folder, CommandLineLayer.Read(settings)),
        ];
    }

    private static string PathOf(string? file, ProcessEnvironment environment) => Path.GetFullPath(file ?? DefaultFile, environment.Folder);

    private static EtlConfiguration Of(string? file, params IReadOnlyList<Setting>[] layers) => Of(file, layers, LayerMerge.Merge(layers));

    private static EtlConfiguration Of(string? file, IReadOnlyList<Setting>[] layers, IReadOnlyList<Setting> effective) =>
        Checked(file, effective, KeyCheck.Problems([.. layers.SelectMany(layer => layer)]));

    private static EtlConfiguration Checked(string? file, IReadOnlyList<Setting> effective, IEnumerable<string> keyProblems)
    {
        Setting[] refused = [.. effective.Where(ValueCheck.IsRefused)];
        var configuration = new EtlConfiguration(file, effective, refused);
        string[] problems = [.. keyProblems, .. refused.Select(ValueCheck.Problem), .. ValueCheck.Inconsistencies(configuration, refused)];
        return problems.Length == 0
            ? configuration
            : throw new UserException(ExitCodes.Refused, ["the configuration is refused:", .. problems]);
    }

    /// <summary>The paths whose values differ in another configuration.</summary>
    public IEnumerable<string> Differences(EtlConfiguration other)
    {
        Dictionary<string, string?> values = ByPath(Settings), others = ByPath(other.Settings);
        return values.Keys.Union(others.Keys, StringComparer.OrdinalIgnoreCase)
            .Where(path => values.GetValueOrDefault(path) != others.GetValueOrDefault(path));
    }

    /// <summary>This configuration with some of the settings of another.</summary>
    /// <exception cref="UserException">They do not go together.</exception>
    public EtlConfiguration With(EtlConfiguration other, Func<string, bool> taken)
    {
        IReadOnlyList<Setting> settings =
            [.. Settings.Where(setting => !taken(setting.Path)), .. other.Settings.Where(setting => taken(setting.Path))];
        return Checked(File, settings, keyProblems: []);
    }

    /// <summary>Has Serilog, which reads this configuration, go by the levels of another, where it had one at the start.</summary>
    /// <exception cref="UserException">One is no level.</exception>
    public void TakeLevels(EtlConfiguration other)
    {
        Setting[] levels = [.. SerilogSection.WithLibrary(other.Settings).Where(setting => SerilogSection.IsLevel(setting.Path))];
        if (levels.FirstOrDefault(level => !Enum.TryParse(level.Value, ignoreCase: true, out LogEventLevel _)) is { } unknown)
        {
            throw new UserException(
                ExitCodes.Refused,
                $"{unknown.Path} must be one of {string.Join(", ", Enum.GetNames<LogEventLevel>())}; found '{unknown.Value}' {unknown.Where}");
        }

        foreach (Setting level in levels.Where(level => Root[level.Path] is not null))
        {
            Root[level.Path] = level.Value;
        }

        Root.Reload();
    }

    private static Dictionary<string, string?> ByPath(IEnumerable<Setting> settings) =>
        settings.ToDictionary(setting => setting.Path, setting => setting.Value, StringComparer.OrdinalIgnoreCase);

    /// <summary>The addresses that the section of the web server names.</summary>
    public IEnumerable<string> KestrelUrls() =>
        Root.GetSection("Kestrel:Endpoints").GetChildren().Select(static endpoint => endpoint["Url"]).OfType<string>();

    private static IReadOnlyList<Setting> PlacedIn(string folder, IEnumerable<Setting> layer) =>
        [.. layer.Select(setting => RelativePath.Resolve(setting, folder))];
}
