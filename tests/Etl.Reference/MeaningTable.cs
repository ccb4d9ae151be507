using System.Globalization;
using System.Reflection;
using Etl.Host;
using PaletteEtl.Model;

namespace Etl.Reference;

/// <summary>The tables of exit codes, outcomes and reasons, from the comments of their values.</summary>
internal static class MeaningTable
{
    public static IEnumerable<string> ExitCodeRows() =>
    [
        "| code | meaning |",
        "| --- | --- |",
        .. typeof(ExitCodes).GetFields().Select(static code =>
            string.Create(CultureInfo.InvariantCulture, $"| {code.GetRawConstantValue()} | {XmlComment.Of(code).Markdown} |")),
    ];

    public static IEnumerable<string> OutcomeRows() =>
    [
        "| outcome | meaning |",
        "| --- | --- |",
        .. Enum.GetNames<OutcomeKind>().Select(static name => $"| {Words(name)} | {MeaningOf<OutcomeKind>(name)} |"),
    ];

    public static IEnumerable<string> ReasonRows() =>
    [
        "| reason | meaning | next run |",
        "| --- | --- | --- |",
        .. Enum.GetValues<FailureReason>().Select(static reason =>
            $"| `{reason.Name()}` | {MeaningOf<FailureReason>(reason.ToString())} | {(reason.IsTransient() ? "tries again" : "skips it")} |"),
    ];

    private static string MeaningOf<T>(string name) => XmlComment.Of(typeof(T).GetField(name, BindingFlags.Public | BindingFlags.Static)!).Markdown;

    /// <summary>A name such as <c>DeadLetter</c> in words.</summary>
    private static string Words(string name) =>
        string.Concat(name.Select((letter, index) => index > 0 && char.IsUpper(letter) ? $" {char.ToLowerInvariant(letter)}" : $"{char.ToLowerInvariant(letter)}"));
}
