namespace Etl.Host.Configuration;

/// <summary>The settings among the environment variables: <c>Etl__Write__BatchSize</c> is <c>Etl:Write:BatchSize</c>.</summary>
internal static class EnvironmentLayer
{
    /// <remarks>A variable is read only when a key follows the root, so that a stray <c>ETL</c> or <c>KESTREL_X</c> does no harm. An empty
    /// variable counts as not set: Docker Compose passes those that it cannot substitute as empty ones.</remarks>
    public static IEnumerable<Setting> Read(IReadOnlyDictionary<string, string> variables) =>
        from name in variables.Keys.Order(StringComparer.Ordinal)
        let path = name.Replace("__", ":", StringComparison.Ordinal)
        where variables[name].Length > 0
        where KeyCheck.Roots.Any(root => IsUnder(path, root))
        select new Setting(path, variables[name], $"environment variable {name}");

    private static bool IsUnder(string path, string root) =>
        path.Length > root.Length + 1 && path[root.Length] == ':' && path.StartsWith(root, StringComparison.OrdinalIgnoreCase);
}
