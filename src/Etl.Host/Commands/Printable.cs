using Etl.Host.Run;

namespace Etl.Host.Commands;

/// <summary>Values as a person reads them on a line.</summary>
internal static class Printable
{
    /// <summary>A text that comes from data or from elsewhere: in one line, and without control of the terminal.</summary>
    public static string Line(string text) =>
        text.Any(char.IsControl) ? string.Concat(text.Select(static c => char.IsControl(c) ? '\uFFFD' : c)) : text;

    /// <summary>A stored time without its fraction of a second: 2026-01-31T12:00:00Z.</summary>
    public static string ToSeconds(string time) =>
        time.IndexOf('.', StringComparison.Ordinal) is var point and >= 0 ? $"{time[..point]}Z" : time;

    /// <summary>A count with what is counted: 1 movie, 2,000 movies.</summary>
    public static string Count(long number, string noun) => $"{RunSummary.Number(number)} {noun}{(number == 1 ? "" : "s")}";
}
