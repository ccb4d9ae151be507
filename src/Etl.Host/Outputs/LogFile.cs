using System.Text.RegularExpressions;

namespace Etl.Host.Outputs;

/// <summary>A file of Serilog, with those that it continues in by date or size: <c>log.txt</c>, <c>log20260131_001.txt</c>.</summary>
internal sealed class LogFile(NamedFile file)
{
    private readonly Regex _rolled = new(
        @$"\A{Regex.Escape(Path.GetFileNameWithoutExtension(file.RealPath))}([0-9]{{4,12}})?(_[0-9]{{3,}})?{Regex.Escape(Path.GetExtension(file.RealPath))}\z",
        RegexOptions.CultureInvariant);

    /// <summary>Whether Serilog writes a file.</summary>
    public bool Is(NamedFile other) =>
        file.Is(other)
        || (Path.GetDirectoryName(file.RealPath) == Path.GetDirectoryName(other.RealPath)
            && _rolled.IsMatch(Path.GetFileName(other.RealPath)));
}
