using System.Collections;

namespace Etl.Host.Configuration;

/// <summary>What a process finds around itself: its current folder and its environment variables.</summary>
internal sealed record Surroundings(string Folder, IReadOnlyDictionary<string, string> Variables)
{
    public static Surroundings OfProcess()
    {
        var variables = new Dictionary<string, string>();
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            variables.Add((string)variable.Key, (string?)variable.Value ?? "");
        }

        return new Surroundings(Directory.GetCurrentDirectory(), variables);
    }
}
