using ArchUnitNET.Domain;
using ArchUnitNET.Loader;
using Etl.Cluster;
using Etl.Demo;
using Etl.Host;
using PaletteEtl.Pipeline;

namespace Etl.IntegrationTests.Architecture;

/// <summary>The layers of the library, and which of them use which, as the compiled types do.</summary>
internal static class Layers
{
    private const string Root = "PaletteEtl";

    private static readonly Lazy<ArchUnitNET.Domain.Architecture> Compiled = new(() => new ArchLoader()
        .LoadAssemblies(
            typeof(EtlPipeline).Assembly, typeof(ClusterOptions).Assembly, typeof(DemoCatalogue).Assembly, typeof(EtlServices).Assembly)
        .Build());

    /// <summary>Each layer and the layers that it may use, from the top down: none uses one above itself.</summary>
    public static IReadOnlyDictionary<string, string[]> Allowed { get; } = new OrderedDictionary<string, string[]>
    {
        ["Hosting"] =
        [
            "Service", "Pipeline", "Catalogue.Sqlite", "Catalogue", "Columns", "Covers.Formats", "Covers.Http", "Covers.Files", "Covers", "Palettes", "Telemetry", "Model",
        ],
        ["Service"] = ["Pipeline", "Catalogue.Sqlite", "Catalogue", "Telemetry", "Model"],
        ["Pipeline"] = ["Catalogue", "Columns", "Covers", "Palettes", "Telemetry", "Model"],
        ["Catalogue.Sqlite"] = ["Catalogue", "Columns", "Palettes", "Telemetry", "Model"],
        ["Catalogue"] = ["Columns", "Palettes", "Model"],
        ["Columns"] = ["Covers", "Palettes", "Model"],
        ["Covers.Formats"] = ["Covers.Formats.Avif", "Covers.Formats.Jpeg", "Covers", "Palettes", "Model"],
        ["Covers.Formats.Avif"] = [],
        ["Covers.Formats.Jpeg"] = [],
        ["Covers.Http"] = ["Covers", "Telemetry", "Model"],
        ["Covers.Files"] = ["Covers", "Model"],
        ["Covers"] = ["Palettes", "Model"],
        ["Palettes"] = ["Model"],
        ["Telemetry"] = ["Model"],
        ["Model"] = [],
    };

    /// <summary>Each layer, and the types of other layers that its types use.</summary>
    public static ILookup<string, (IType User, IType Used)> Uses { get; } = Compiled.Value.Types
        .Where(static type => LayerOf(type) is not null)
        .SelectMany(static type => type.Dependencies.Select(dependency => (User: type, Used: dependency.Target)))
        .Where(static use => LayerOf(use.Used) is { } used && used != LayerOf(use.User))
        .ToLookup(static use => LayerOf(use.User)!);

    /// <summary>The types of the program and its assemblies that use a library of SQLite.</summary>
    public static IEnumerable<string> UsersOfSqlite => Compiled.Value.Types
        .Where(static type => type.Dependencies.Any(static dependency =>
            dependency.Target.FullName.StartsWith("Microsoft.Data.Sqlite.", StringComparison.Ordinal)
            || dependency.Target.FullName.StartsWith("SQLitePCL.", StringComparison.Ordinal)))
        .Select(static type => type.FullName);

    /// <summary>The table of the architecture page: a row for each layer, from the top down, with what it uses.</summary>
    public static IEnumerable<string> Rows => Allowed.Keys.Select(static layer => $"| `{layer}` | {string.Join(", ", UsedBy(layer))} |");

    private static IEnumerable<string> UsedBy(string layer)
    {
        HashSet<string?> used = [.. Uses[layer].Select(static use => LayerOf(use.Used))];
        return used.Count == 0 ? ["none"] : Allowed.Keys.Where(used.Contains).Select(static other => $"`{other}`");
    }

    /// <summary>The layer that a type belongs to; null outside of the library.</summary>
    public static string? LayerOf(IType type) =>
        type.FullName == Root || !type.FullName.StartsWith(Root + ".", StringComparison.Ordinal) ? null : type.Namespace.FullName[(Root.Length + 1)..];
}
