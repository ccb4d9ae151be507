using System.Collections.Frozen;
using System.Text.Json;

namespace PaletteEtl.Model;

/// <summary>The stored names of reasons, and which of them may pass by themselves.</summary>
public static class FailureReasons
{
    private static readonly FrozenDictionary<FailureReason, string> Names =
        Enum.GetValues<FailureReason>().ToFrozenDictionary(
            reason => reason,
            reason => JsonNamingPolicy.SnakeCaseLower.ConvertName(reason.ToString()));

    private static readonly FrozenDictionary<string, FailureReason> Reasons =
        Names.ToFrozenDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);

    /// <summary>The names of all reasons.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Enum.GetValues<FailureReason>().Select(Name)];

    /// <summary>The stored name of a reason, such as <c>not_found</c>.</summary>
    public static string Name(this FailureReason reason) => Names[reason];

    /// <summary>Reads the name of a reason; false when there is none of that name, in this version of the library.</summary>
    public static bool TryParse(string name, out FailureReason reason) => Reasons.TryGetValue(name, out reason);

    /// <summary>Whether the next run tries again although the cover has not changed.</summary>
    public static bool IsTransient(this FailureReason reason) => reason is
        FailureReason.NotFound or FailureReason.Forbidden or FailureReason.Timeout
        or FailureReason.Unreachable or FailureReason.Internal or FailureReason.Memory;
}
