using System.Globalization;

namespace Etl.Host;

/// <summary>The limit of open files of the process (<c>ulimit -n</c>). The runtime keeps each assembly open and cannot even
/// report an error once it has reached the limit, so the limit is checked at the start.</summary>
internal static class OpenFileLimit
{
    /// <summary>The smallest accepted limit. A service without connections has 250 files open.</summary>
    public const int Least = 512;

    private const string Limits = "/proc/self/limits";
    private const string Name = "Max open files";

    /// <summary>Why the limit is too low; null if it is not, or unknown.</summary>
    public static string? Problem() => File.Exists(Limits) ? Problem(File.ReadLines(Limits)) : null;

    /// <summary>Why the limit in the lines of <c>/proc/self/limits</c> is too low.</summary>
    public static string? Problem(IEnumerable<string> limits)
    {
        string? line = limits.FirstOrDefault(static line => line.StartsWith(Name, StringComparison.Ordinal));
        string? soft = line?[Name.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
        return int.TryParse(soft, CultureInfo.InvariantCulture, out int limit) && limit < Least
            ? $"The limit of open files is {limit}, and etl needs {Least}. Fix: raise it with 'ulimit -n 1024' or LimitNOFILE= of systemd."
            : null;
    }
}
