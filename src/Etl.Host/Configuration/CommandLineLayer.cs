namespace Etl.Host.Configuration;

/// <summary>The settings of the command line, each <c>KEY=VALUE</c>.</summary>
internal static class CommandLineLayer
{
    private const string Origin = "--set";

    /// <exception cref="UserException">A setting has no key, or no equals sign.</exception>
    public static IEnumerable<Setting> Read(IReadOnlyList<string> settings)
    {
        string[] problems = [.. settings.Where(setting => setting.IndexOf('=', StringComparison.Ordinal) < 1).Select(ProblemOf)];
        return problems.Length > 0
            ? throw new UserException(ExitCodes.Refused, problems)
            : settings.Select(setting => setting.Split('=', 2)).Select(pair => new Setting(pair[0].Trim(), pair[1], Origin));
    }

    private static string ProblemOf(string setting) =>
        $"--set '{new Setting(setting, setting, Origin).Shown}' is not KEY=VALUE, such as --set Etl:Write:BatchSize=64";
}
