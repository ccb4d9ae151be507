using Etl.Cluster;
using Etl.Host.Service;
using Microsoft.Extensions.Configuration;

namespace Etl.Host.Configuration;

/// <summary>Finds effective values that the options do not allow, each alone and together.</summary>
internal static class ValueCheck
{
    /// <summary>What is wrong with values, a line each.</summary>
    public static IReadOnlyList<string> Problems(IReadOnlyList<Setting> effective)
    {
        Setting[] options = [.. effective.Where(setting => EtlOption.Find(setting.Path) is not null)];
        Setting[] refused = [.. options.Where(IsRefused)];
        IEnumerable<string> together = Inconsistencies(options.Except(refused))
            .Where(problem => !refused.Any(setting => Mentions(problem, setting))) // one mistake, one line
            .Select(problem => $"{problem} ({string.Join(", ", Origins(problem, options))})");
        return [.. refused.Select(Problem), .. together];
    }

    private static bool IsRefused(Setting setting)
    {
        EtlOption option = EtlOption.Find(setting.Path)!;
        return setting.Value is { } value
            && value != OptionText.Format(option.Default) // what needs no rule, which takes long to read
            && (option.IsList || option.IsMap ? IsWhole(setting, option) : !option.Rule.Accepts(value));
    }

    /// <summary>A list without entries is a setting of the list's own path, and so is a text in place of a map.</summary>
    private static bool IsWhole(Setting setting, EtlOption option) => setting.Path == option.Path;

    private static string Problem(Setting setting) =>
        $"{setting.Path} {EtlOption.Find(setting.Path)!.Rule.MustBe}; found '{setting.Shown}' {setting.Where}";

    private static IEnumerable<string> Inconsistencies(IEnumerable<Setting> options)
    {
        IConfigurationRoot root = new ConfigurationBuilder()
            .AddInMemoryCollection(options.Where(setting => setting.Value is not null)
                .ToDictionary(setting => setting.Path, setting => setting.Value))
            .Build();
        var bound = new EtlOptions();
        EtlServiceCollectionExtensions.Bind(root.GetSection(EtlOptions.Section), bound, EtlConfiguration.ProgramSections);
        var service = new ServiceOptions();
        root.GetSection(ServiceOptions.Section).Bind(service);
        var cluster = new ClusterOptions();
        root.GetSection(ClusterOptions.Section).Bind(cluster);
        return [.. new EtlOptionsConsistency().Validate(null, bound).Failures ?? [], .. cluster.Problems(), .. service.Problems()];
    }

    private static IEnumerable<string> Origins(string problem, IEnumerable<Setting> options) =>
        options.Where(setting => Mentions(problem, setting)).Select(setting => $"{setting.Path} {setting.Where}");

    private static bool Mentions(string problem, Setting setting) => problem.Contains(setting.Path, StringComparison.Ordinal);
}
