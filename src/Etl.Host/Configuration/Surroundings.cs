using System.Collections;

namespace Etl.Host.Configuration;

/// <summary>What a process finds around itself: its current folder and its environment variables.</summary>
internal sealed record Surroundings(string Folder, IReadOnlyDictionary<string, string> Variables)
{
    public static Surroundings OfProcess() => new(
        Directory.GetCurrentDirectory(),
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToDictionary(variable => (string)variable.Key, variable => (string?)variable.Value ?? ""));
}
