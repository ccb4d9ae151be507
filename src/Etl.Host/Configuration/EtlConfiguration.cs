using Etl.Host.Telemetry;
using Microsoft.Extensions.Configuration;

namespace Etl.Host.Configuration;

/// <summary>The configuration as its layers give it: defaults, file, environment, command line.</summary>
internal sealed class EtlConfiguration
{
    public const string DefaultFile = "etl.json";

    private EtlConfiguration(IReadOnlyList<Setting> settings)
    {
        Settings = settings;
        Root = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Where(setting => setting.Value is not null)
                .Select(setting => KeyValuePair.Create(setting.Path, setting.Value)))
            .Build();
    }

    public IConfigurationRoot Root { get; }

    /// <summary>Every effective value: all options, then what is set of the other roots.</summary>
    public IReadOnlyList<Setting> Settings { get; }

    /// <param name="file">The configuration file, which must exist; null for <c>etl.json</c> in the current folder, if there
    /// is one.</param>
    /// <param name="settings">Settings of the command line, each <c>KEY=VALUE</c>.</param>
    /// <param name="surroundings">Where the current folder and the environment are taken from; null for the process's own.</param>
    /// <exception cref="UserException">A layer cannot be read, or the check has refused something.</exception>
    public static EtlConfiguration Load(string? file, IReadOnlyList<string> settings, Surroundings? surroundings = null)
    {
        surroundings ??= Surroundings.OfProcess();
        string path = Path.GetFullPath(file ?? DefaultFile, surroundings.Folder);
        return Of(
            PlacedIn(surroundings.Folder, DefaultLayer.Read()),
            file is null && !File.Exists(path) ? [] : PlacedIn(Path.GetDirectoryName(path)!, FileLayer.Read(path)),
            PlacedIn(surroundings.Folder, EnvironmentLayer.Read(surroundings.Variables)),
            PlacedIn(surroundings.Folder, CommandLineLayer.Read(settings)));
    }

    /// <summary>The defaults and some settings, whatever files and environment say.</summary>
    public static EtlConfiguration OfDefaults(IReadOnlyList<string> settings)
    {
        string folder = Directory.GetCurrentDirectory();
        return Of(PlacedIn(folder, DefaultLayer.Read()), PlacedIn(folder, CommandLineLayer.Read(settings)));
    }

    private static EtlConfiguration Of(params IReadOnlyList<Setting>[] layers)
    {
        IReadOnlyList<Setting> effective = LayerMerge.Merge(layers);
        string[] problems = [.. KeyCheck.Problems(layers.SelectMany(layer => layer)), .. ValueCheck.Problems(effective)];
        return problems.Length == 0
            ? new EtlConfiguration(effective)
            : throw new UserException(ExitCodes.Refused, ["the configuration is refused:", .. problems]);
    }

    /// <summary>The options alone, for commands that need no services.</summary>
    public EtlOptions ToOptions()
    {
        var options = new EtlOptions();
        ServiceCollectionExtensions.Bind(Root.GetSection(EtlOptions.Section), options);
        return options;
    }

    /// <summary>What is exported, as the section and the standard variables say.</summary>
    public OtlpSettings ToOtlpSettings(Surroundings surroundings)
    {
        var options = new OpenTelemetryOptions();
        Root.GetSection(OpenTelemetryOptions.Section).Bind(options, binder => binder.ErrorOnUnknownConfiguration = true);
        return new OtlpSettings(options, surroundings.Variables);
    }

    private static IReadOnlyList<Setting> PlacedIn(string folder, IEnumerable<Setting> layer) =>
        [.. layer.Select(setting => RelativePath.Resolve(setting, folder))];
}
