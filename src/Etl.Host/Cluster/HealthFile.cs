using Etl.Host.Outputs;

namespace Etl.Host.Cluster;

/// <summary>The file of <c>Etl:Worker:HealthFile</c>: its age shows whether a worker is alive.</summary>
internal static class HealthFile
{
    /// <summary>Time between two writes.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>Age from which the worker counts as stalled.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(20);

    /// <summary>Writes the file.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(OutputFile file, TimeProvider clock) => file.Write($"{clock.GetUtcNow():O}{Environment.NewLine}");

    /// <summary>Why the worker of a file is not alive, in a sentence; null when it is.</summary>
    public static string? ProblemOf(string path, TimeProvider clock)
    {
        DateTime written = File.GetLastWriteTimeUtc(path);
        TimeSpan age = clock.GetUtcNow() - written;
        return !File.Exists(path) ? $"The worker has not written {path} yet, is stalled, or has ended."
            : age > MaxAge ? $"The worker has not written {path} for {age.TotalSeconds:0} s; it is stalled, or has ended."
            : null;
    }
}
