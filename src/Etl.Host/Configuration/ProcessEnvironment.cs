using System.Collections;

namespace Etl.Host.Configuration;

/// <summary>The current folder and the environment variables of a process.</summary>
internal sealed record ProcessEnvironment(string Folder, IReadOnlyDictionary<string, string> Variables)
{
    public static ProcessEnvironment OfProcess()
    {
        var variables = new Dictionary<string, string>();
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            variables.Add((string)variable.Key, (string?)variable.Value ?? "");
        }

        return new ProcessEnvironment(Directory.GetCurrentDirectory(), variables);
    }
}
