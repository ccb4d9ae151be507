namespace Etl.Host;

/// <summary>Something the user can mend: what, which and how, a line each, and the code the process ends with.</summary>
internal sealed class UserException(int exitCode, params IReadOnlyList<string> lines) : Exception(string.Join(Environment.NewLine, lines))
{
    public int ExitCode => exitCode;
}
