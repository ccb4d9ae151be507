using System.Globalization;

namespace Etl.Host.Configuration;

/// <summary>Makes one configuration of several layers: a later layer goes before an earlier one.</summary>
internal static class LayerMerge
{
    /// <summary>The effective settings: every option in order, set or not, then all others.</summary>
    public static IReadOnlyList<Setting> Merge(IEnumerable<IReadOnlyList<Setting>> layers)
    {
        var options = new Dictionary<EtlOption, IReadOnlyList<Setting>>();
        var others = new Dictionary<string, Setting>(StringComparer.OrdinalIgnoreCase);
        foreach (Setting[] given in layers.Select(layer => layer.Where(setting => setting.Value is not null).ToArray()))
        {
            foreach (IGrouping<EtlOption?, Setting> same in given.GroupBy(setting => EtlOption.Find(setting.Path)))
            {
                if (same.Key is { } option)
                {
                    options[option] = option.IsList ? Entries(option, same)
                        : option.IsMap ? Names(option, [.. options.GetValueOrDefault(option) ?? [], .. same])
                        : [same.Last() with { Path = option.Path }];
                }
                else
                {
                    AddTo(others, same);
                }
            }
        }

        return
        [
            .. EtlOption.All.SelectMany(option =>
                options.GetValueOrDefault(option) ?? [new Setting(option.Path, null, Setting.Default)]),
            .. others.Values.OrderBy(setting => setting.Path, StringComparer.OrdinalIgnoreCase),
        ];
    }

    private static void AddTo(Dictionary<string, Setting> others, IEnumerable<Setting> settings)
    {
        foreach (Setting setting in settings)
        {
            others[setting.Path] = setting;
        }
    }

    /// <summary>A list as one layer gives it. It replaces the whole list of the layers below.</summary>
    private static IReadOnlyList<Setting> Entries(EtlOption list, IEnumerable<Setting> given)
    {
        var entries = new Dictionary<int, Setting>();
        foreach (Setting setting in given)
        {
            if (!setting.Path.Equals(list.Path, StringComparison.OrdinalIgnoreCase))
            {
                entries[IndexOf(setting.Path)] = setting;
            }
            else if (setting.Value!.Length > 0)
            {
                entries[0] = setting; // a single value stands for a list of one
            }
        }

        int[] indexes = [.. entries.Keys];
        Array.Sort(indexes);
        return indexes.Length > 0
            ? [.. indexes.Select((index, i) => entries[index] with { Path = list.EntryPath(i) })]
            : [given.Last() with { Path = list.Path, Value = "" }];
    }

    /// <summary>A map as all layers so far give it, name by name.</summary>
    private static IReadOnlyList<Setting> Names(EtlOption map, IEnumerable<Setting> given) =>
    [
        .. given
            .Select(setting => setting with { Path = map.Path + setting.Path[map.Path.Length..] })
            .GroupBy(setting => setting.Path, StringComparer.OrdinalIgnoreCase)
            .Select(same => same.Last()),
    ];

    private static int IndexOf(string path) =>
        int.Parse(path.AsSpan(path.LastIndexOf(':') + 1), NumberStyles.None, CultureInfo.InvariantCulture);
}
